# 上课时说的话：课程库、教室屏幕、嵌入的框架。

gallery-resume = 上次学到这里
gallery-go-on = 继续
gallery-step = 第 { $step } 步，共 { $steps } 步
gallery-done = 已学完
gallery-open-now = 正在打开
gallery-steps = { $count ->
   *[other] { $count } 步
}
gallery-questions = { $count ->
   *[other] { $count } 个提问
}
gallery-again = 从头开始“{ $title }”
gallery-start = 数字现金的日常
gallery-start-about = 怎样发行、持有、被谁看见、怎样花掉。
gallery-banks = 银行与其他国家
gallery-banks-about = 这笔钱由谁负债，各方的账本因此有什么不同。
gallery-offline = 没有网络的时候
gallery-offline-about = 手机在隧道里付款，作弊者又能做什么。
gallery-conditions = 附条件的钱
gallery-conditions-about = 持有钱的合约，以及专款专用的钱。

no-lesson = 没有名为“{ $name }”的课程：链接可能抄错了，或来自其他版本。您自己的内容没有变动。
no-step = “{ $title }”只有第 1 到第 { $steps } 步，没有“{ $step }”这一步。您自己的内容没有变动。
no-step-start = 从头开始这一课
no-lesson-gallery = 查看所有课程

share-lesson = 本课地址
share-lesson-what = 这是自带的课程：它的地址很短，打开后就在您现在所处的步骤。
code-title = 给全班扫的码
code-open = 向全班出示二维码
code-of-lesson = 打开“{ $title }”的二维码
code-how = 扫码，或输入地址。课程在网页里运行，不会发送任何内容。
code-at-step = 从第 { $step } 步开始

present-bar = 控制按钮
present-counts = 显示举手数
present-blank = 黑屏
present-unblank = 重新显示画面
present-leave = 退出
present-hands = { $count ->
   *[other] { $count } 人举手
}
present-more = 选 { $letter } 的举手加一：+
present-less = 选 { $letter } 的举手减一：−
key-forward = 下一个事件；有提问时，看结果
key-back = 退回一个事件
key-play = 播放或暂停
key-hand = 有提问时：A、B、C、D 记一人举手；按住 Shift 减一
key-counts = 显示或隐藏举手数
key-blank = 黑屏或恢复画面；有提问时只用句号键
key-code = 给全班扫的码
key-again = 从头开始，忘掉所有回答
key-leave = 回到应用

embed-open = 在 Exchequer 中打开
embed-no-link = 这个框架的地址打不开任何内容：链接抄错了、不完整，或来自其他版本。现在显示的是开场故事。
