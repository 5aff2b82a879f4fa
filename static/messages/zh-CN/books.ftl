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

# 全部货币随时间的变化，以及可以对照的现实数字。
series-reserves = 准备金
series-vaults = 银行的数字现金
series-deposits = 存款
series-wallets = 钱包
series-in-issue = 已发行
series-payments = 付款笔数
series-paid = 付款金额
series-refused = 被拒绝
series-velocity = 流通速度
series-owed = 欠客户
series-held = 持有
series-required = 须持有
series-deficiency = 缺口
series-outflow = 流出
series-shortage = 按公式的短缺
series-turned-away = 未能满足
series-average-stock = 钱包平均余额
series-seigniorage = 每年铸币税（扣除成本前）
series-refused-for = 被拒绝：{ $code }
series-a-crowd = 人群中的人
monitor-reserve-ratio = 准备金率
monitor-liquidity = 流动性
monitor-fine = 达标
monitor-breached = 未达标：需要 { $needs }，持有 { $has }
calibration = 现实中的数字
calibration-euro-outflow = 数字欧元，人人持有 3,000：流出
calibration-euro-outflow-share = 占零售活期存款
calibration-euro-banks-short = 低于流动性要求的银行
calibration-euro-banks = 银行总数
calibration-pound-uncapped = 数字英镑，严重压力，无上限：需要央行贷款
calibration-pound-capped = 上限为 20,000 时
calibration-ecny-payments = 数字人民币：累计付款笔数
calibration-ecny-value = 累计金额
calibration-ecny-mean = 平均每笔
calibration-ecny-personal-wallets = 个人钱包
calibration-ecny-corporate-wallets = 对公钱包
