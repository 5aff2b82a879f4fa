script-title = 脚本
script-label = 用脚本写成的场景
script-keys = 输入时会出现建议：用方向键选择，按 Tab 或 Enter 采用，按 Escape 关闭。按 Ctrl+空格可主动查看。其他时候按 Tab 离开脚本。
script-help = 把光标放在一个词上，看它是什么意思。按 Ctrl+空格查看这里可以写什么。
script-offers = 建议
script-remarks = 有问题的地方
script-undo = 撤销
script-redo = 重做
script-format = 整理格式
script-line = 第 { $line } 行
script-use = 改用 { $text }
script-take-out = 删去
script-fine = 每一行都可以播放。
script-errors = 有 { $count } 处错误。
script-warnings = 有 { $count } 条提示。
script-waits = { $count ->
    [one] 下面的内容在等第 { $line } 行改好。
   *[other] 有 { $count } 处错误。下面的内容在等第 { $line } 行改好。
}
