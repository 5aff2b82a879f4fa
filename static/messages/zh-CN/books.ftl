# 账簿、余额、限额、核对。

balance-sheet = 资产负债表
holdings = 持有
owns = 资产
owes = 负债
total = 合计
becomes = 变为
account-of = { $account } · { $subject }
mirror = 与标有 { $mark } 的账户互为镜像

account-securities = 证券
account-reserves = 准备金
account-repository = 银行的数字现金
account-circulation = 数字现金
account-notes = 纸币
account-own-reserves = 准备金
account-vault = 银行的数字现金
account-cash = 纸币
account-loans = 贷款
account-deposits = 存款
account-deposit = 存款
account-wallet = 钱包
account-to-return = 待退回
account-wallets = 钱包
account-to-settle = 待结算付款
account-accrued = 应付利息
account-interest-expense = 利息支出
account-funds = 自有资金

holding-in-issue = { $unit }发行量
holding-vault = 银行的数字现金
holding-reserves = 准备金
holding-cash = 纸币
holding-deposit = 存款
holding-reserves-of-banks = 银行准备金
holding-wallet = 钱包

wallet-of-type = { $bank }的 { $type } 类钱包
no-limits = 没有限额。
limit-payment = 单笔
limit-day = 每日
limit-year = 每年
limit-balance = 余额
used-of = { $used } / { $allowed }

journal = 分录
journal-empty = 这个事件没有改动任何账簿。
journal-book = 账簿
journal-debit = 借方
journal-credit = 贷方
journal-amount = 金额
journal-finality = 最终性
final = 最终
provisional = 暂记

accounted = 每{ $unit }都有着落
accounted-short = 每一分钱都有着落
not-accounted = 并非每{ $unit }都有着落
accounted-title = 一切都有着落吗？
messages-count = { $count ->
   *[other] { $count } 条消息在途
}
check = 核对
check-left = 一边
check-right = 另一边
check-on-the-way = 在途
check-holds = 结果
holds = 成立
broken = 不成立
check-books = 每本账簿都平衡
check-in-issue = 发行量 = 持有量
check-vaults = 银行的数字现金相符
check-reserves = 银行的准备金相符
check-notes = 纸币相符
check-wallets = 钱包与登记相符
messages-on-the-way = 在途消息
messages-none = 没有：发出的都已到达。
message-line = { $kind }，{ $from }到{ $to }，{ $amount }，{ $time } 发出
unreconciled = 未核对

# 手机与登记。
status-open = 正常
status-frozen = 已冻结
status-closed = 已注销
outcome-paid = 已付
outcome-declined = 已谢绝
outcome-expired = 已过期
entry-pay = 付款
entry-refund = 退款
entry-exchange = 存款兑换
entry-redeem = 兑回
entry-cash-in = 存入纸币
entry-cash-out = 取出纸币
entry-request = 付款请求
entry-decline = 谢绝
entry-schedule = 预约付款
entry-upgrade = 换钱包类型
entry-limit = 自设限额
entry-close = 注销
entry-open-sub = 子钱包
entry-freeze = 冻结
entry-unfreeze = 解冻
entry-accrue = 利息
entry-waterfall = 溢出转入账户
entry-reverse-waterfall = 由账户补足
centre-authentication = 认证中心
centre-authentication-what = 钱包属于谁
centre-registration = 登记中心
centre-registration-what = 钱包里有多少
centre-big-data = 大数据中心
centre-big-data-what = 付了什么
hidden-name = ▮▮▮▮（此处不知姓名）
hidden-small = ▮▮▮▮（低于可追溯金额）
