# 设置、快捷键、本次运行。

theme = 主题
theme-system = 跟随系统
theme-light = 浅色
theme-dark = 深色
language = 语言
language-browser = 跟随浏览器
single-keys = 单键快捷键
shortcuts = 键盘快捷键
shortcut-play = 播放或暂停
shortcut-beats = 退回或前进一个事件
shortcut-steps = 退回或前进一个步骤
shortcut-start = 到开头
shortcut-end = 到结尾，或到下一个提问
shortcut-undo = 撤销
shortcut-redo = 重做
shortcut-help = 本列表
shortcut-close = 关闭打开的内容
about-run = 关于本次运行
about-engine = 引擎
about-preset = 规则
about-seed = 种子
about-length = 事实数
about-digest = 日志摘要
