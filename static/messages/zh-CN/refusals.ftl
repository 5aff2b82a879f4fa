# 拒绝的原因。refusal- 用于字幕的简短原因；reason- 是带数字的完整句子：
# party、asked、allowed、used、available。

refusal = 拒绝
refused = 已拒绝
refused-by = 由{ $party }拒绝。
rule-and-source = 规则与来源
refusal-can-retry = 稍后再试同样的请求可能成功。
refusal-is-final = 再试同样的请求也不会成功。

refusal-party-unknown = 没有这个名字的对象
refusal-signature-invalid = 签名不符
refusal-payee-self = 付款与收款是同一个钱包
refusal-limit-payment = 超过该钱包的单笔限额
refusal-limit-day = 超过该钱包的日限额
refusal-limit-year = 超过该钱包的年限额
refusal-limit-balance = 超过该钱包的余额上限
refusal-account-missing = 没有对应的银行账户
refusal-funds-short = 余额不足
refusal-liquidity-short = 银行的数字现金不足
refusal-duplicate = 同一请求已受理过
refusal-order-unknown = 双方之间没有这个请求或付款
refusal-request-over = 该请求已结束
refusal-refund-late = 已过可退还的期限
refusal-refund-excess = 超过该付款的剩余金额
refusal-nothing-missing = 没有未送达的消息
refusal-wallet-closed = 钱包已注销
refusal-wallet-frozen = 钱包已冻结
refusal-wallet-not-empty = 钱包里还有钱
refusal-limit-type = 超过该类钱包的限额
refusal-payee-other = 这个子钱包只付给别的收款方
refusal-limit-night = 超过夜间单笔限额
refusal-limit-parent = 超过这个子钱包的日限额
refusal-payee-closed = 收款钱包已注销
refusal-payee-frozen = 收款钱包已冻结

reason-party-unknown = 找不到收款对象。
reason-signature-invalid = 这个签名不是{ $party }的。
reason-payee-self = 付款与收款是同一个钱包。
reason-limit-payment = { $party }的钱包单笔最多付 { $allowed }；这次要付 { $asked }。
reason-limit-day = { $party }的钱包每日最多付 { $allowed }，已付 { $used }；还要付 { $asked }。
reason-limit-year = { $party }的钱包每年最多付 { $allowed }，已付 { $used }；还要付 { $asked }。
reason-limit-balance = { $party }的钱包最多持有 { $allowed }，现有 { $used }；还要转入 { $asked }。
reason-account-missing = { $party }没有对应的银行账户。
reason-funds-short = { $party }有 { $available }；需要 { $asked }。
reason-liquidity-short = { $party }手头有 { $available } 数字现金；需要 { $asked }。
reason-duplicate = 相同编号的请求已受理过；不会重复付款。
reason-order-unknown = 没有这个请求或付款，或者不是这两方之间的。
reason-request-over = 该付款请求已结束：已付、已谢绝或已过期。
reason-refund-late = 已过这笔付款可退还的期限。
reason-refund-excess = 这笔付款为 { $allowed }，已退 { $used }；还要退 { $asked }。
reason-nothing-missing = { $party }没有超时未达、可以这样处理的消息。
reason-wallet-closed = { $party }的钱包已注销，剩余的钱只能取出。
reason-wallet-frozen = { $party }的钱包已冻结，须由运营机构解冻。
reason-wallet-not-empty = { $party }的钱包里还有 { $available }，或有钱正在转入。
reason-limit-type = { $party }的钱包类型允许 { $allowed }；要求 { $asked }。
reason-payee-other = { $party }的这个子钱包是为别的收款方开的。
reason-limit-night = 夜间单笔最多付 { $allowed }；这次要付 { $asked }。
reason-limit-parent = { $party }的这个子钱包每日最多付 { $allowed }，已付 { $used }；还要付 { $asked }。
reason-payee-closed = { $party }的钱包已注销。
reason-payee-frozen = { $party }的钱包已冻结。
reason-other = 规则 { $code } 不允许。

number-asked = 要求
number-allowed = 允许
number-used = 已用
number-available = 可用

source = 来源：{ $source }（{ $date }，{ $mark }）
source-ours = 由本场景设定。来源：{ $source }
source-ours-plain = 由本场景设定。
source-holder = 由钱包持有人设定。
mark-v = 已核实
mark-p = 二手来源
mark-m = 凭记忆
mark-d = 我们的选择
