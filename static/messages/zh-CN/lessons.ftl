# 学完一课之后知道什么。

lesson-birth-of-a-yuan-goal = 看一元数字人民币怎样造出、转手，又怎样被拒绝。
lesson-four-wallets-goal = 知道每类钱包透露您的什么，又因此能付多少。
lesson-who-sees-what-goal = 说得出一笔付款里谁知道名字、谁只知道号码、谁什么都不知道。
lesson-before-the-flip-goal = 认识数字现金：它由中央银行欠您，没有利息。
lesson-flip-to-2026-goal = 看同样的钱改由银行来欠时有什么变化：准备金会动，有利息，有保险。
lesson-payday-goal = 跟着一笔工资，经过上限和瀑布，变成税、沙发和零花钱。
lesson-bank-run-goal = 判断持有上限对挤兑有什么作用，又有什么做不到。
lesson-cross-border-goal = 比较经代理行与在共同平台上的跨境付款，明白为什么两边要么都动，要么都不动。
lesson-tunnel-payment-goal = 看没有网络时手机怎样付款，芯片先做什么，谁会知道。
lesson-pull-the-phone-away-goal = 说出付款中断时钱在哪里，以及为什么绝不会付两次。
lesson-clone-wars-goal = 跟着被复制的手机，看它在哪里被抓到，说出每种设计由谁承担损失。
lesson-blackout-week-goal = 权衡断网时的限额：付款人失去多少方便，发行人少受多少欺诈。
lesson-stolen-phone-goal = 判断密码、名单和限额能拦住小偷什么，又拦不住什么。
lesson-gym-goes-bankrupt-goal = 知道预付费的商家倒闭时，持有钱的合约替你挡住了什么。
lesson-coupon-three-ways-goal = 分清规则在钱之外、在钱之内和包在钱外面。
lesson-escrow-quarrel-goal = 签字之前就能说出：若有人不作声，钱归谁。
lesson-prepaid-card-goal = 给卡定自己的限额，给它充值，并知道到期后剩下的归谁。

lessons = 课程
lesson-minutes = { $count ->
   *[other] { $count } 分钟
}
