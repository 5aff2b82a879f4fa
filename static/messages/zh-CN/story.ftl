# 故事与提问。

steps = 故事的步骤
step-of = 第 { $step } 步，共 { $steps } 步 · { $minutes } 分钟
see-script = 看脚本
see-story = 回到故事
question = 提问
see-what-happens = 看看会怎样
just-show-me = 直接演示
your-pick = 您的选择
what-happened = 实际结果
tries = 自己试一试
fork = 您正在试：{ $name }
fork-return = 回到故事
details-of = 详情对象
select-anyone = 请在棋盘上选择任意一方。
