# 编写合约和条件的地方。

studio-block = 正在编写
studio-block-contract = 合约 { $name }
studio-block-condition = 条件 { $name }
studio-none = 这个脚本还没有合约。从目录里选一个，或自己写一个。
studio-text = 文本
studio-text-label = 这一段的各行
studio-form = 表单
studio-diagram = 状态
studio-diagram-wrong = 文本改对之后，状态图就会回来。
studio-diagram-label = { $name }的状态图，{ $count ->
   *[other] { $count } 个状态
}。{ $now }
studio-diagram-now = 它正等在步骤 { $step }。
studio-diagram-ended = 它已经结束。
studio-any-time = 任何时候
studio-at-once = 立即
studio-nobody = 到时无人行动
studio-again = 然后进入下一轮
studio-end = 结束：不再持有任何钱
studio-here = 现在
studio-turn = 现在：第 { $turn } 轮，共 { $turns } 轮
studio-problem = 第 { $line } 行：{ $says }
studio-words = 用平常的话说
studio-judges = 没有网络时
studio-judges-note = 芯片能判断全部规则的专款，才能装进芯片钱包：offline.load … purpose=名称。碰一碰时，付款芯片和收款设备都会判断，银行之后再判断一次。对期限它们只精确到日。只要有一条规则要靠网络判断，银行就拒绝装入。
studio-proof = 签字之前
studio-proof-wrong = 不能运行的合约，什么也证明不了。
studio-proving = 正在把所有可能都演一遍…
studio-found-nothing = 没有发现可能不合本意的地方。
studio-risk = 风险：
studio-note = 提示：
studio-or = 或者：{ $says }
studio-play = 演一遍
studio-play-label = 演一遍：{ $says }
studio-sign = 签字并开立
studio-now = 现在
studio-now-none = 此刻还没有由它开立的合约。
studio-unnamed = 没有名字
studio-funded = 存入
studio-released = 付出
studio-refunded = 退回
studio-held = 持有
studio-until = 等到 { $time }。
studio-let-pass = 让时间走到那时
studio-ended = 它已经结束，不再持有任何钱。
studio-secret = 密语
studio-catalogue = 从目录中选
studio-template = 条目
studio-insert = 放进这个脚本
studio-begin = 用它开始一个新脚本
studio-fill-failed = 这些值放在一起说不通。请检查金额、时间和名字。
studio-unfit = 这里填不了这个。例如：{ $example }
studio-add-step = 加一个步骤
studio-add-action = 加一个行动
studio-remove = 删除这个行动
studio-add-payment = 加一笔付款
studio-remove-payment = 删除付款：{ $payment }
studio-row-parties = 谁参加
studio-row-secret = 一个密语，只知道它的 SHA-256 摘要
studio-row-hold = 存入什么
studio-row-step = 一个步骤
studio-row-when = 一个行动
studio-row-else = 到时无人行动
studio-row-do = 立即做什么
studio-row-on = 若有事被宣布
studio-field-amount = 金额
studio-field-amount-from = 从
studio-field-amount-to = 最多
studio-field-duration = 多久
studio-field-duration-from = 不早于
studio-field-duration-until = 直到
studio-field-duration-every = 每隔
studio-field-count = 几个
studio-field-count-repeat = 轮数
studio-field-count-times = 倍数
studio-field-share = 份额
studio-field-moment = 日期
studio-field-moment-before = 早于
studio-field-moment-after = 从
studio-field-image = SHA-256 摘要
studio-field-party = 一方
studio-field-party-from = 来自
studio-field-party-to = 付给
studio-field-party-for = 归于
studio-field-party-when = 谁
studio-field-category = 类别
studio-field-name = 名字
studio-field-step = 步骤名称
template-prepaid-card = 预付卡
template-prepaid-card-note = 一张有自己限额的卡：限额由脚本设定，到期失效，可以充值，没有网络也能付款。
span-days = { $count ->
   *[other] { $count } 天
}
span-hours = { $count ->
   *[other] { $count } 小时
}
span-minutes = { $count ->
   *[other] { $count } 分钟
}
span-seconds = { $count ->
   *[other] { $count } 秒
}
