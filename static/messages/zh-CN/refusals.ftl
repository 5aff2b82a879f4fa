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
