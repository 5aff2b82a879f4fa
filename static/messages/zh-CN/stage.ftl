# 外框：标题栏、标签、播放、引擎状态。

simulation = 模拟：没有真钱
simulation-short = 没有真钱
menu = 更多
close = 关闭
download = 下载
restart = 重新启动
share = 分享
script = 脚本
story = 故事
details = 详情
views = 查看方式
pages = 页面
view-board = 棋盘
view-sequence = 时序
view-books = 账簿
page-story = 故事
page-picture = 棋盘
page-script = 脚本
page-details = 详情

preset-cny-2025 = 2025 年规则
preset-ended = { $name }，{ $day }终止

transport = 播放
play = 播放
pause = 暂停
play-again = 重播
next = 下一步
next-beat = 下一步：一个事件
back = 退回一个事件
to-start = 回到开头
timeline = 时间线
pace = 节奏
pace-story = 故事
pace-clock-1 = 时钟 1×
pace-clock-2 = 时钟 2×
pace-clock-8 = 时钟 8×
pace-clock-max = 时钟最快

engine-loading = 正在准备引擎……
engine-busy = 正在运行……
engine-stopped = 引擎停止了。您的文本没有丢失。
engine-last-words = 它最后说的话
new-version = 新版本已就绪。
reload = 重新加载

board = 棋盘
registration = 登记中心 · 谁拥有什么
held-all = 持有 { $amount } ✓
held-not-all = 持有 { $amount } ✕
merchant-at = { $bank }的商户
kind-merchant = 商户
limit-payment-short = 单笔限额 { $amount }
limit-day-short = 日限额 { $amount }
limit-year-short = 年限额 { $amount }
limit-balance-short = 余额上限 { $amount }
others = { $count ->
   *[other] 另有 { $count } 方
}
group = { $count ->
   *[other] 另外 { $count } 个
}
party-central-bank = 中央银行
party-network = 网络
party-outside = 外部

unit = 一分钱
unit-digital = 数字人民币
glyph = { $form }，债务人：{ $owed }
form-reserves = 准备金
form-digital = 数字现金
form-banknote = 纸币
form-account = 账户余额
owed-by-central-bank = 中央银行
owed-by-bank = 银行
owed-by-firm = 支付机构
owed-by-nobody = 无
fate-lost = 丢失
fate-doubled = 到达两次
fate-on-the-way = 在途

sequence-empty = 还没有任何流动。请按播放。
sequence-line = { $from }到{ $to }：{ $what }
message-ask = 请求
message-ask-with-notes = 附纸币的请求
message-issued = 已发行
message-returned = 已退回
message-convert = 请登记兑换
message-converted = 已兑换
message-withdraw = 请登记兑回
message-withdrawn = 已兑回
message-offer = 能否入账？
message-accept = 可以
message-order = 支付指令
message-settled = 已结算
message-transfer = 划转准备金
message-transferred = 准备金已划转
message-send-back = 退回
message-sent-back = 已退回
message-rejected = 被拒绝
message-hand-notes = 交付纸币
message-receipt = 回执
message-notice = 通知
message-declined = 已谢绝
message-transfer-refused = 划转被拒
message-credited = 已入账
message-please-pay = 请付款
message-will-not-pay = 不付款
message-lapsed = 不再需要
message-look-up = 这个别名是谁的？
message-found = 是这个钱包的
message-not-found = 没有人用
message-enrol = 请登记别名
message-enrolled = 已登记
message-resolve = 宣布倒闭
message-insured = 受保险的存款

# 谁在看；手机；各中心的登记。
view-phones = 手机
view-registers = 登记
view-charts = 图表
chart-label = { $name }：从 { $first } 到 { $last }，最高 { $most }
seen-as = 视角
seen-by-everyone = 所有人
phone-of = 手机
phone-label = { $name }的手机
phone-type = { $type } 类钱包
phone-writes = 在这里的操作会写成一行脚本。
phone-hidden = 从这里看不到这部手机。
phones-none = 从这里看不到任何钱包。
phone-subs = 子钱包
phone-only = 只付{ $name }
phone-later = 预约付款
phone-history = 记录
phone-nothing = 还没有。
phone-do = 操作
phone-whom = 对方
phone-sum = 金额
phone-go = 执行
phone-asks = { $name }请你付 { $amount }
act-pay = 付款
act-request = 请求付款
act-exchange = 存款换入
act-redeem = 换回存款
act-cash-in = 存入纸币
act-cash-out = 取出纸币
act-accept = 付款
act-decline = 谢绝
registers-none = 从这里看不到任何登记。
register-empty = 没有记录。
register-more = 共 { $count } 条，显示最近的。
traceable-from = { $amount } 起记名。

unit-EUR = 一分钱
unit-GBP = 一分钱
unit-NGN = 一分钱
unit-INR = 一分钱
unit-BRL = 一分钱
unit-digital-EUR = 数字欧元
unit-digital-GBP = 数字英镑
unit-digital-NGN = eNaira
unit-digital-INR = 数字卢比
unit-digital-BRL = 雷亚尔
preset-cny-2020-test = 2020 年试点
preset-cny-2026 = 2026 年规则
preset-digital-euro = 数字欧元
preset-digital-pound = 数字英镑
preset-enaira = eNaira
preset-e-rupee = 数字卢比
preset-pix = Pix
preset-upi-lite = UPI Lite
rule = 项目
rule-value = 数值
rule-source = 来源
rules-title = 所用规则
issuance-stocked = 银行备有库存
issuance-on-demand = 按需发行
issuance-deposit = 由银行负债
keep = 保留
line-added = 已加入第 { $line } 行。
line-added-differs = { $count ->
   *[other] 已加入第 { $line } 行；后面有 { $count } 行结果不同。
}
customers-of = { $bank }的客户
ribbons = 汇总的流动
crowd-count = { $count ->
   *[other] { $number } 人
}
page-before = 上一页
page-after = 下一页
page-of = 第 { $from } 到 { $to } 位，共 { $count } 位
act-scan = 扫码
scan-which = 屏幕上的码
scan-paste = 在下面粘贴文本
scan-code-of = { $name }的码
scan-text = 码的文本
scan-says = 付给{ $name }，金额由你填写。
scan-says-sum = 付给{ $name } { $amount }。
code-unreadable = 这不是付款码，或者缺了一部分。
code-currency = 这个码是另一种货币的。
code-scheme = 这个码里没有此处可付的账户。
code-show = 收款码
code-label = { $name }的收款码
code-sum = 码上的金额
code-sum-hint = 留空：每次付款都用这一个码，由付款人填写金额。
code-no-sum = 请填大于零的金额，例如 12.50。
code-account = 账号 { $number }
statement = 对账单
statement-of = { $name }的对账单
statement-when = 时间
statement-what = 事项
statement-change = 收入或支出
statement-balance = 余额
statement-opening = 期初余额
statement-closing = 期末余额
statement-print = 打印
statement-csv = 存为 CSV
entry-other = 其他
seen-by-investigator = 调查员
warrant-for = 调查令对象
warrant-from = 自 { $time } 起
warrant-now = 从此刻起
view-compare = 对比
compare-with = 与其他规则对比……
compare-choose = 选择另一套规则
compare-what = 同一段文本在旁边按另一套规则运行，不同之处会标出并列出。
compare-story = 对比：{ $name }
compare-working = 正在按另一套规则运行……
compare-waits = 从第 { $line } 行起，这套规则无法运行。
differences = 不同之处
differences-count = { $count ->
    [0] 没有不同
   *[other] { $count } 个事件结果不同
}
differences-none = 两套规则下每个事件的结果都相同。
differences-held = { $count ->
   *[other] 问题之后还有 { $count } 处。
}
differences-cut = 只对比了前 500 个事件。
difference-event = 事件
difference-line = 第 { $line } 行
difference-missing = 没有发生
difference-same = 不变
books-none = 从这里看不到任何账簿。
