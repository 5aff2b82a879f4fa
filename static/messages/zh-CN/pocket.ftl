# 自己的钱包，以及舞台上这些钱包的教室。

pocket-title = 口袋
pocket-what = 这台设备上您自己的钱包。没有网络也能付款和收款。
pocket-simulation = 模拟：没有真钱
pocket-home = 去舞台
pocket-opening = 正在查找您的钱包……

pocket-new = 生成密钥
pocket-new-what = 这台设备随机生成一把密钥并保存在这里。随后由舞台为它签发证书、充值。
pocket-join = 加入教室
pocket-join-what = 教室有六十个座位，每个座位开始时有 { $amount }。
pocket-room-field = 教室的链接或代码
pocket-seat-field = 座位，1 到 60
pocket-sit = 坐下
pocket-in-room = 教室 { $code }

pocket-seat = { $number } 号座位
pocket-wallet = { $number } 号钱包
pocket-unknown = 新钱包
pocket-stage = 舞台
pocket-toy = 玩具密钥：由教室代码和座位号算出，教室里的任何人都能算出来。
pocket-own = 这把密钥是在这里随机生成的，只有这个浏览器有。

pocket-holds = 钱包里有
pocket-limbo = { $amount } 已付出，尚未收到回执
pocket-queue = { $count ->
   *[other] { $count } 笔付款尚未上报
  }
pocket-queue-by = 请在 { $time } 前向舞台上报
pocket-queue-late = 上报期限是 { $time }：上报之前不能付款。

pocket-do = 可以做什么
pocket-pay = 付款
pocket-ask = 收款
pocket-load = 取钱
pocket-sync = 上报
pocket-sum = 金额
pocket-ask-what = 您出示一个码，付款人来读。
pocket-ask-now = 出示收款请求
pocket-load-what = 舞台把钱从您的账户转进钱包：钱包总共最多 { $amount }。
pocket-load-now = 出示申请
pocket-back = 返回
pocket-done = 完成

pocket-bill = 向{ $payee }支付 { $amount }？
pocket-bill-again = 已经付过。再次出示同一笔付款。
pocket-bill-no = 无法支付：
pocket-bill-pay = 支付 { $amount }
pocket-bill-show = 出示付款

pocket-show-hello = 请向舞台出示：申请证书
pocket-show-request = 请向付款人出示
pocket-show-pay = 请向收款人出示这笔付款
pocket-show-ack = 请向付款人出示这张回执
pocket-show-ask = 请向舞台出示这项申请
pocket-show-sync = 请向舞台出示这份上报
pocket-show-welcome = 请向{ $who }出示这张证书
pocket-show-answer = 请向{ $who }出示这个答复
pocket-kind-hello = 新钱包的申请
pocket-kind-welcome = 证书
pocket-kind-request = 收款请求
pocket-kind-pay = 付款
pocket-kind-ack = 回执
pocket-kind-ask = 取钱申请
pocket-kind-sync = 上报
pocket-kind-answer = 答复
pocket-next-hello = 然后读取证书
pocket-next-request = 然后读取付款
pocket-next-pay = 然后读取回执
pocket-next-ack = 再读一个码
pocket-next-ask = 然后读取答复
pocket-next-sync = 然后读取答复
pocket-code-of = 第 { $number } 个码，共 { $count } 个：{ $what }
pocket-code-number = 第 { $number } 个码，共 { $count } 个
pocket-code-before = 上一个码
pocket-code-after = 下一个码
pocket-code-turn = 自动轮换
pocket-code-text = 同样内容的文字
pocket-copy = 复制
pocket-copied = 已复制。
pocket-copy-by-hand = 请选中文字自行复制。
pocket-kept = 出示之前已存入这台设备。

pocket-read = 读取一个码
pocket-read-what = 收款请求会先给您看再支付；其他内容读到即收下。
pocket-paste = 粘贴码的文字
pocket-take = 读取文字
pocket-camera = 使用摄像头
pocket-camera-off = 关闭摄像头
pocket-camera-starting = 正在请求使用摄像头……
pocket-camera-on = 请把对方的屏幕放到摄像头前。
pocket-camera-none = 这里无法使用摄像头。请改用粘贴文字。
pocket-camera-picture = 摄像头的画面
pocket-progress = 已读 { $seen } 个码，共 { $count } 个。请读下一个。

pocket-history = 记录
pocket-history-none = 还没有记录。
pocket-story-loaded = 来自舞台
pocket-story-asked = 请求收款
pocket-story-paid = 付给{ $who }
pocket-story-received = 来自{ $who }
pocket-stage-waiting = 等待付款人
pocket-stage-pending = 待结算
pocket-stage-arrived = 收款人已收到，待结算
pocket-stage-settled = 已结算
pocket-stage-returned = 已退回
pocket-stage-closed = 已关闭
pocket-show-again = 再次出示
pocket-asking = 向舞台提出的申请正在等待答复。
pocket-others = 这台设备上的钱包
pocket-another = 另一个钱包

pocket-elsewhere = 另一个标签页改动了这个钱包。现在显示的是最新状态，请再试一次。
pocket-no-store = 这个浏览器不保存任何内容，而口袋只出示已保存的内容。请允许存储，或换一个浏览器。（{ $why }）
pocket-store-full = 这台设备没有空间保存这笔付款。没有出示任何内容；请腾出空间再试。
pocket-store-failed = 这个浏览器未能保存，所以没有出示任何内容。请再试一次。（{ $why }）
pocket-damaged = 这个钱包保存的内容已损坏，原样保留。
pocket-damaged-save = 存为文件
pocket-damaged-again = 重新开始
pocket-no-chance = 这个浏览器不提供生成密钥所需的随机数。
pocket-no-sum = 请写一个金额，例如 12.50。
pocket-no-seat = 座位号是 1 到 60 的数字。
pocket-no-room = 这不是教室的链接或代码。
pocket-has-seat = 这个钱包已经有密钥。请打开另一个钱包来加入教室。
pocket-unreadable = 这不是口袋的码。
pocket-cut = 码已损坏或不完整。请重新读取。

pocket-no = 被拒绝：{ $code }。
pocket-no-bytes-malformed = 码已损坏或不完整。请重新读取。
pocket-no-bytes-object = 这个码是给别人的：给舞台，或给另一个钱包。
pocket-no-bytes-field = 码已损坏或不完整。请重新读取。
pocket-no-device-unknown = 这个码是给另一个钱包的。
pocket-no-device-shut = 舞台已关闭这个钱包。
pocket-no-online-waiting = 有一项申请还在等待舞台的答复。
pocket-no-online-not-asked = 这个钱包没有申请在等这个答复。
pocket-no-online-turn-used = 这个钱包的另一个副本已用这个编号申请过。
pocket-no-online-turn-gap = 这个钱包的一个副本此前用过这里没有的编号。
pocket-no-operator-unknown = 它来自另一个教室，那里的银行在这里不被认识。
pocket-no-signature-invalid = 签名不符：这个码被改过或是伪造的。
pocket-no-certificate-not-yet = 证书尚未生效。这台设备的时钟准吗？
pocket-no-certificate-expired = 证书已过期。这台设备的时钟准吗？
pocket-no-certificate-revoked = 证书已被吊销：这个钱包被复制并查出。
pocket-no-request-unknown = 这个钱包没有请求过这笔付款。
pocket-no-request-closed = 这一笔已经付过或关闭：已被领取。
pocket-no-request-other = 这是对另一个钱包的请求的答复。
pocket-no-request-self = 这是您自己的请求。
pocket-no-payment-unknown = 这个钱包没有付款在等这张回执。
pocket-no-amount-invalid = 这个金额无法支付。
pocket-no-limit-payment = 单笔最多 { $bound }。
pocket-no-limit-payments = 付款笔数已满，请先向舞台上报。
pocket-no-limit-purse = 钱包最多放 { $bound }。
pocket-no-limit-hops = 这笔钱转手次数已满：请先向舞台上报。
pocket-no-sync-overdue = 上次上报太久以前：请先向舞台上报。
pocket-no-log-full = 钱包记不下更多：请先向舞台上报。
pocket-no-funds-short = 钱包或账户里的钱不够。
pocket-no-log-counter = 上报与上次不衔接：这个钱包有副本。
pocket-no-log-chain = 上报与上次不衔接：这个钱包有副本。
pocket-no-log-shadow = 上报的合计与充值、付出、收到的不符。

room-what = 真实手机上的钱包在没有网络时互相付款。愿意的人在这里上报，花了两次的钱会被查出。
room-none = 教室有六十个座位，各有证书和 { $amount }，由本场景的种子和开放的分钟算出。
room-open = 开放教室
room-another = 开放新教室
room-which = 教室
room-enter = 扫码入座
room-link = 教室的链接
room-toy = 玩具密钥：有这个链接的人能算出教室里的每一把密钥。复制钱包也因此可以一试。
room-own = 自带密钥的钱包打开 { $link }，并在这里出示它的申请。
room-read = 读取钱包出示的码
room-answered-hello = { $who }是新来的，得到证书。
room-answered-ask = { $who }申请取钱。
room-answered-sync = { $who }已上报。
room-answered-again = { $who }出示过这个，得到同样的答复。
room-answered-no = { $who }被拒绝。
room-found-now = { $count ->
   *[other] 由此查出 { $count } 件事。
  }
room-found = 查出
room-found-none = 就已上报的来看，没有钱被花两次。
room-honoured = 为没有人发行的价值支付了 { $amount }。
room-seats = 钱包
room-seat-who = 钱包
room-seat-holds = 余额
room-seat-reported = 上报时间
room-seat-state = 状态
room-seat-good = 正常
room-seat-revoked = 已查出并吊销
room-seat-never = 尚未
room-quiet = { $count ->
   *[other] { $count } 个座位尚未上报。
  }
room-stored = 已存入这个浏览器：{ $count } 条消息。
room-damaged = 这里保存的一个教室已损坏，原样保留。
