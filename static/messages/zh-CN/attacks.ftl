# 攻击实验室：尝试了什么，在哪种设计下，结果如何。

attack-attack = 攻击
attack-model = 设计
attack-noticed = 何时发现
attack-noticed-by = 由谁发现
attack-as = 发现为
attack-culprit = 作案者
attack-loss-by = 损失承担者
attack-amount = 金额
attack-named = 已指认
attack-unnamed = 未指认
attack-in-limbo = 一笔悬而未决的付款

attack-cloned-device = 复制设备
attack-cloned-device-how = Mallory 复制了设备的存储和密钥，两个副本用同一笔钱付款。
attack-replay = 同一付款兑付两次
attack-replay-how = Bob 只收到一次付款，却把存储退回原状，再次向运营机构提交同一笔付款。
attack-tampered-amount = 篡改金额
attack-tampered-amount-how = 付款在设备之间传送时，有人改动了金额。
attack-expired-certificate = 证书过期
attack-expired-certificate-how = Mallory 的证书已过期，她把时钟调回去照样付款。
attack-revoked-device = 设备已吊销
attack-revoked-device-how = Mallory 的设备在吊销名单上，而收款人手里正是新名单。
attack-rolled-back-state = 存储回退
attack-rolled-back-state-how = 付款之后，Mallory 把存储恢复到付款之前再付一次。芯片完好。
attack-rolled-back-weak-chip = 存储回退，芯片被攻破
attack-rolled-back-weak-chip-how = 付款之后，Mallory 把存储恢复到付款之前再付一次，而芯片已被她攻破。
attack-hop-limit-passed = 转手次数过多
attack-hop-limit-passed-how = 价值在离线状态下一手转一手，比上报之前允许的次数多了一次。
attack-stolen-device = 设备被盗
attack-stolen-device-how = 小偷不知道密码，用 Mallory 的设备付款，直到挂失为止。
attack-torn-transfer = 传送中断
attack-torn-transfer-how = 付款方设备已发出付款，两台设备却在付款到达之前被拉开。
attack-clock-moved = 两个时钟都调回
attack-clock-moved-how = Mallory 的证书已过期，但她和收款人的时钟都被调回，双方都看不出来。
attack-relay = 替陌生人付账
attack-relay-how = 小偷转发消息，让本想付给 Carol 的陌生人替小偷在 Bob 那里付了账。
attack-swapped-qr = 收款码被覆盖
attack-swapped-qr-how = Dan 把自己的收款码贴在 Bob 店里的码上，顾客付给了 Dan。
attack-withheld-sync = 复制设备，拖延上报
attack-withheld-sync-how = 复制的设备付了款，而所有人都拖到最后期限才上报。
attack-splitting = 化整为零
attack-splitting-how = 一笔付款的上限不够，就拆成几笔小额付款。
attack-counterfeit = 凭空造钱
attack-counterfeit-how = Dan 攻破的设备凭空造出从未发行的钱，付给诚实的收款人。
attack-colluding-counterfeit-sink = 凭空造钱，收款人合谋
attack-colluding-counterfeit-sink-how = 同样是造钱，但收款人与 Dan 合谋，来者不拒，再拿去运营机构兑付。
attack-starved-list = 设备被盗，名单过时
attack-starved-list-how = 被盗设备已经吊销，但收款人的名单太旧，上面没有它。

attack-model-purse = 硬钱包
attack-model-purse-how = 余额存在芯片里，每笔付款由付款方芯片签名。
attack-model-coins = 代币
attack-model-coins-how = 带签名的代币，每任持有者背书转给下一任。
attack-model-blind = 盲签代币
attack-model-blind-how = 盲签的代币：没有人知道属于谁，除非被花两次。
attack-model-mint = 铸币证明
attack-model-mint-how = 铸币机构的证明如同现金：谁持有归谁所有，永远无法指认任何人。
attack-model-promise = 承诺
attack-model-promise-how = 事先在账户中冻结资金，设备承诺支付其中一部分。

attack-stage-transfer = 设备之间
attack-stage-load = 充值时
attack-stage-deposit = 兑付时
attack-stage-sync = 上报时
attack-stage-settlement = 结算时
attack-stage-never = 从未

attack-by-payer = 付款方设备
attack-by-payee = 收款方设备
attack-by-operator = 运营机构
attack-by-nobody = 无人

attack-bearer-payer = 付款方
attack-bearer-payee = 收款方
attack-bearer-issuer = 发行方
attack-bearer-nobody = 无人
