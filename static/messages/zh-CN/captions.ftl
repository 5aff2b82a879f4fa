# 一个事件一句话。参数：actor、payee、amount、bank、time、code（拒绝原因）、count。

caption-start = 还没有发生任何事。各方持有的是期初数额。
caption-unseen = 从这里看不到发生了什么。
caption-later = 时间推进到 { $time }。
caption-correspondents = { $count ->
   *[other] 到 { $time }，代理行转付了 { $count } 次。
}
caption-quotes-expired = { $count ->
   *[other] 到 { $time }，{ $count } 个无人接受的报价到期。
}
caption-overdue = { $count ->
   *[other] { $time }：{ $count } 条消息超时，各方账簿不再一致。
}

caption-issue = 中央银行向{ $bank }发行了 { $amount } { $money }，换入准备金。
caption-return = { $bank }把 { $amount } { $money }退回中央银行，换回准备金。
caption-exchange = { $actor }把 { $amount } 银行存款换成了{ $money }。
caption-redeem = { $actor }把 { $amount } { $money }换回了银行存款。
caption-cash-in = { $actor }把 { $amount } 纸币存入了钱包。
caption-cash-out = { $actor }从钱包取出了 { $amount } 纸币。
caption-pay = { $actor }用{ $money }付给{ $payee } { $amount }，{ $time } 即为最终。
caption-told-issue = 中央银行拟发行 { $amount }。按这套规则，没有人持有{ $money }库存：只作登记。
caption-told-return = { $bank }报告了 { $amount }。按这套规则，没有{ $money }库存可退：只作登记。
caption-schedule = { $actor }预约了以后付给{ $payee }的 { $amount }。
caption-request = { $actor }向{ $payee }请求付款 { $amount }。
caption-decline = { $actor }不付{ $payee }所请求的 { $amount }。
caption-refund = { $actor }退还{ $payee } { $amount }。
caption-upgrade = { $actor }的钱包换成了另一类型，余额和记录不变。
caption-limit = { $actor }自设了限额。
caption-close = { $actor }注销了钱包。
caption-open-sub = { $actor }开了一个子钱包：收款方看到它的名字，看不到背后的钱包。
caption-alias = { $actor }在中央银行的名录中登记了别名，别人可以凭它付款。
caption-pay-many = { $actor }一次付给 { $asked } 人，共 { $amount }。
caption-restrict = { $actor }对某一类钱包设了比规则更低的限额。
caption-top-up = { $actor }把 { $amount } 银行存款转入了在{ $bank }的余额。
caption-withdraw = { $actor }把 { $amount } 从代理机构取回到银行账户。
caption-transfer = { $actor }在同一代理机构内把 { $amount } 余额付给{ $payee }。
caption-resolve = { $bank }倒闭。其存款人受保险的钱转到另一家银行。
caption-freeze = { $actor }的钱包被冻结：不能付款，也不能收款。
caption-unfreeze = { $actor }的钱包恢复使用。
caption-accrue = { $actor }计算了钱包应得的利息。
caption-retry = { $actor }重发了从未送达的消息。
caption-reverse = { $actor }撤回了从未送达的消息，并撤销了等待它的事项。
caption-bridge-issue = { $actor }用在{ $payee }的准备金，把 { $amount } 发行到共同平台。
caption-bridge-redeem = { $actor }从共同平台收回 { $amount }，向{ $payee }换回准备金。
caption-bridge-quote = { $actor }向{ $payee }报价：{ $amount } 换 { $back }。钱还没有动。
caption-bridge-accept = { $actor }接受了{ $payee }的报价：{ $amount } 换 { $back }，两边一步入账。
caption-bridge-decline = { $actor }不与{ $payee }兑换。
caption-bridge-pay = { $actor }在共同平台付给{ $payee } { $amount }，{ $time } 即为最终。
caption-correspondent-pay = { $actor }经双方之间的账户付给{ $payee } { $amount }。
caption-offline-load = { $actor }把 { $amount } 装入设备：现在没有网络也能付款。
caption-offline-lock = { $actor }把设备里的 { $amount } 锁定给了一位收款人：别人现在都兑不了。
caption-offline-top-up = { $actor }收下现钞，不用网络，从自己的设备里给{ $payee }的卡充了 { $amount }。
caption-offline-pay = { $actor }在没有网络时，设备对设备付给{ $payee } { $amount }。
caption-offline-claim = { $actor }把设备收到的钱交到银行。
caption-offline-load-purpose = { $actor }把{ $contract }的 { $amount } 装进了设备：从现在起由芯片判断条件。
caption-offline-unload-purpose = { $actor }从设备里退回了{ $contract }的 { $amount }，条件不变。
caption-offline-unload = { $actor }从设备取出 { $amount }，回到钱包。
caption-offline-sync = { $actor }的设备向{ $bank }作了报告。
caption-offline-again = { $actor }的设备用同样的字节重发了等待答复的内容。
caption-offline-revoke = { $bank }把 { $device } 列入吊销名单。
caption-offline-disconnect = { $actor }的手机没有网络了。
caption-offline-connect = { $actor }的手机恢复了网络。
caption-offline-copy = { $device } 连同密钥和全部内容被复制。没有人看得出来。
caption-offline-break-chip = { $device } 的芯片被破解：它分不清旧状态和最新状态。
caption-offline-roll-back = { $device } 的内存被回退到上次付款之前。
caption-offline-set-clock = { $device } 的时钟被拨回。
caption-offline-alter = { $device } 的下一笔付款将在途中被改动。
caption-offline-roll-back-report = { $device } 的内存被回退到上次报告之前。
caption-offline-forge = 有人把无人发行的价值写进了 { $device }。
caption-offline-drop-checks = { $device } 的软件被改动：它不守任何限额，付来什么就收什么。
caption-offline-swap-code = 下一个向 { $device } 付款的人，看到的是别人的收款请求。
caption-offline-limbo = { $actor }付给{ $payee } { $amount }，没有收到回应：在其中一方报告之前，这笔钱悬而未决。
caption-offline-found = { $bank }查出：{ $what }，{ $amount }。
caption-offline-found-named = { $bank }查出：{ $what }，{ $amount }，出自 { $device }。
caption-offline-settle = 设备到期：预留已结算，过期的资金已返回。
caption-contract-open = { $actor }开立{ $contract }，存入 { $amount }。合约说了之前，这笔钱不归别人。
caption-contract-open-paid = { $actor }开立{ $contract }，存入 { $amount }；合约随即付出 { $paid }。
caption-contract-deposit = { $actor }向{ $contract }存入 { $amount }。
caption-contract-deposit-paid = { $actor }向{ $contract }存入 { $amount }，合约由此付出 { $paid }。
caption-contract-say = { $actor }对{ $contract }说“{ $what }”。
caption-contract-say-paid = { $actor }对{ $contract }说“{ $what }”：合约付给{ $payee } { $paid }。
caption-contract-sign = { $actor }在{ $contract }里签了“{ $what }”，还要有人签。
caption-contract-sign-paid = { $actor }在{ $contract }里签了“{ $what }”：合约付给{ $payee } { $paid }。
caption-contract-show = { $actor }向{ $contract }出示秘密。
caption-contract-show-paid = { $actor }向{ $contract }出示秘密：合约付给{ $payee } { $paid }。
caption-contract-name = { $actor }在{ $contract }里报出 { $amount }。
caption-contract-name-paid = { $actor }在{ $contract }里报出 { $amount }：合约付给{ $payee } { $paid }。
caption-contract-event = 中央银行宣布发生的事：{ $what }。{ $contract }已知悉。
caption-contract-event-paid = 中央银行宣布发生的事：{ $what }。{ $contract }付给{ $payee } { $paid }。
caption-purpose-wrap = { $actor }把 { $amount } 设为专用：{ $contract }。到期未用的退回。
caption-purpose-pay = { $actor }用{ $contract }的钱付给{ $payee } { $amount }。条件成立：{ $payee }得到普通的钱。
caption-purpose-hand = { $actor }把{ $contract }里的 { $amount } 转交{ $payee }，条件不变。
caption-purpose-sign = { $actor }签字同意用{ $contract }付给{ $payee } { $amount }。
caption-contract-passed = { $count ->
   *[other] 到期无人行动：{ $contract }自行继续。
}
caption-contract-passed-paid = { $count ->
   *[other] 到期无人行动：{ $contract }自行付给{ $payee } { $paid }。
}
caption-trade = { $actor }的 { $count } 人开始相互付款，也向商户付款。
caption-blackout = { $actor }的 { $count } 人给手机充值；随后断网，直到 { $until }。
caption-run = { $actor }的 { $count } 人中有人开始挤提：他们要把存款换进钱包。
caption-crowd = 到 { $time }，人们向银行提出了 { $asked } 次请求；{ $count ->
    [0] 没有一次被拒绝
   *[other] 其中 { $count } 次被拒绝
}。
caption-standing = { $count ->
   *[other] 到 { $time }，{ $count } 笔预约的付款已付出。
}
caption-expired = { $count ->
   *[other] 到 { $time }，{ $count } 个付款请求过期未付。
}

caption-asked-issue = { $bank }申请 { $amount } { $money }，尚未收到。
caption-asked-return = { $bank }申请退回 { $amount } { $money }，尚未完成。
caption-asked-exchange = { $actor }申请把 { $amount } 银行存款换成{ $money }，尚未完成。
caption-asked-redeem = { $actor }申请兑回 { $amount } { $money }，尚未完成。
caption-asked-cash-in = { $actor }交来 { $amount } 纸币，钱包尚未入账。
caption-asked-cash-out = { $actor }申请取 { $amount } 纸币，尚未拿到。
caption-asked-pay = { $actor }申请用{ $money }支付 { $amount }，尚未到账。
caption-asked-refund = { $actor }申请退还 { $amount }，尚未完成。
caption-asked-top-up = { $actor }申请把 { $amount } 银行存款转入余额，尚未完成。
caption-asked-withdraw = { $actor }申请从代理机构取回 { $amount }，尚未完成。
caption-asked-transfer = { $actor }申请用余额支付 { $amount }，尚未完成。
caption-asked-bridge-issue = { $actor }请{ $payee }把 { $amount } 发行到共同平台，尚未到账。
caption-asked-bridge-redeem = { $actor }请{ $payee }赎回 { $amount }，尚未完成。
caption-asked-bridge-accept = { $actor }同意用 { $amount } 换 { $back }；两边都还没有入账。
caption-asked-bridge-pay = { $actor }请求在共同平台付给{ $payee } { $amount }，尚未完成。
caption-asked-correspondent-pay = { $actor }经代理行汇给{ $payee } { $amount }，还在路上。
caption-asked-purpose-pay = { $actor }请求用{ $contract }的钱付给{ $payee } { $amount }，尚未完成。

caption-refused-issue = 申请 { $amount } { $money }被拒绝：{ $code }。
caption-refused-return = 退回 { $amount } { $money }被拒绝：{ $code }。
caption-refused-exchange = { $actor }想把 { $amount } 换成{ $money }，被拒绝：{ $code }。
caption-refused-redeem = { $actor }想兑回 { $amount }，被拒绝：{ $code }。
caption-refused-cash-in = { $actor }想存入 { $amount } 纸币，被拒绝：{ $code }。
caption-refused-cash-out = { $actor }想取 { $amount } 纸币，被拒绝：{ $code }。
caption-refused-pay = { $actor }想支付 { $amount }，被拒绝：{ $code }。
caption-refused-schedule = { $actor }想预约付款 { $amount }，被拒绝：{ $code }。
caption-refused-request = { $actor }想请求付款 { $amount }，被拒绝：{ $code }。
caption-refused-decline = { $actor }想谢绝付款，被拒绝：{ $code }。
caption-refused-refund = { $actor }想退还 { $amount }，被拒绝：{ $code }。
caption-refused-upgrade = { $actor }想换钱包类型，被拒绝：{ $code }。
caption-refused-limit = { $actor }想改限额，被拒绝：{ $code }。
caption-refused-close = { $actor }想注销钱包，被拒绝：{ $code }。
caption-refused-open-sub = { $actor }想开子钱包，被拒绝：{ $code }。
caption-refused-alias = { $actor }想登记一个别名，被拒绝：{ $code }。
caption-refused-pay-many = { $actor }想一次付给 { $asked } 人，共 { $amount }；其中 { $count } 笔被拒绝。
caption-refused-restrict = { $actor }想改某类钱包的限额，被拒绝：{ $code }。
caption-refused-top-up = { $actor }想把 { $amount } 转入余额，被拒绝：{ $code }。
caption-refused-withdraw = { $actor }想从代理机构取回 { $amount }，被拒绝：{ $code }。
caption-refused-transfer = { $actor }想用余额支付 { $amount }，被拒绝：{ $code }。
caption-refused-resolve = 宣布银行倒闭被拒绝：{ $code }。
caption-refused-freeze = 冻结钱包被拒绝：{ $code }。
caption-refused-unfreeze = 解冻钱包被拒绝：{ $code }。
caption-refused-accrue = 计息被拒绝：{ $code }。
caption-refused-retry = { $actor }想重发未送达的消息，被拒绝：{ $code }。
caption-refused-reverse = { $actor }想撤销等待的事项，被拒绝：{ $code }。
caption-refused-bridge-issue = { $actor }想把 { $amount } 发行到共同平台，被拒绝：{ $code }。
caption-refused-bridge-redeem = { $actor }想赎回 { $amount }，被拒绝：{ $code }。
caption-refused-bridge-quote = { $actor }想向{ $payee }报价 { $amount }，被拒绝：{ $code }。
caption-refused-bridge-accept = { $actor }接受了{ $payee }的报价：{ $amount } 换 { $back }。两边都没有入账：{ $code }。
caption-refused-bridge-decline = { $actor }想谢绝，被拒绝：{ $code }。
caption-refused-bridge-pay = { $actor }想在共同平台付给{ $payee } { $amount }，被拒绝：{ $code }。
caption-refused-correspondent-pay = { $actor }想经代理行汇给{ $payee } { $amount }，被拒绝：{ $code }。
caption-refused-offline-load = { $actor }想把 { $amount } 装入设备，被拒绝：{ $code }。
caption-refused-offline-lock = { $actor }想把 { $amount } 锁定给收款人，被拒绝：{ $code }。
caption-refused-offline-top-up = { $actor }想给卡充 { $amount }，被拒绝：{ $code }。
caption-refused-offline-pay = { $actor }想离线支付 { $amount }，被拒绝：{ $code }。
caption-refused-offline-claim = { $actor }想兑付设备收到的钱，被拒绝：{ $code }。
caption-refused-offline-unload = { $actor }想从设备取出 { $amount }，被拒绝：{ $code }。
caption-refused-offline-sync = { $actor }的设备想要报告，被拒绝：{ $code }。
caption-refused-offline-again = { $actor }的设备没有可重发的内容，或被拒绝：{ $code }。
caption-refused-offline-tamper = { $actor }没有可动手脚的设备，被拒绝：{ $code }。
found-value-twice = 同一价值被花费两次
found-negative = 付出的多于曾有的
found-log = 日志不成立
found-payee = 收款方把一笔付款出示两次
found-identity = 币中藏着别人的名字
found-short = 结算不足以兑付承诺
found-unpaid = 另一家银行未支付的兑付
found-purpose = 芯片违反条件付出的专款
caption-refused-contract-open = { $actor }想以 { $amount } 开立{ $contract }，被拒绝：{ $code }。
caption-refused-contract-deposit = { $actor }想向{ $contract }存入 { $amount }，被拒绝：{ $code }。
caption-refused-contract-say = { $actor }对{ $contract }说“{ $what }”，被拒绝：{ $code }。
caption-refused-contract-sign = { $actor }想在{ $contract }里签“{ $what }”，被拒绝：{ $code }。
caption-refused-contract-show = { $actor }向{ $contract }出示秘密，被拒绝：{ $code }。
caption-refused-contract-name = { $actor }在{ $contract }里报出 { $amount }，被拒绝：{ $code }。
caption-refused-contract-event = 中央银行想向{ $contract }宣布发生的事，被拒绝：{ $code }。
caption-refused-purpose-wrap = { $actor }想把 { $amount } 设为专用，被拒绝：{ $code }。
caption-refused-purpose-pay = { $actor }想用{ $contract }的钱付给{ $payee } { $amount }，被拒绝：{ $code }。
caption-refused-purpose-hand = { $actor }想把{ $contract }里的 { $amount } 转交{ $payee }，被拒绝：{ $code }。
caption-refused-purpose-sign = { $actor }想签字同意用{ $contract }付给{ $payee } { $amount }，被拒绝：{ $code }。

caption-network-lose = { $count ->
   *[other] 网络将丢失接下来的 { $count } 条消息。
}
caption-network-double = { $count ->
   *[other] 网络将把接下来的 { $count } 条消息各送达两次。
}
caption-network-delay = { $count ->
   *[other] 网络将延误接下来的 { $count } 条消息。
}

# 一句话里怎样称呼这套规则的货币。
money-CNY = 数字人民币
money-EUR = 数字欧元
money-GBP = 数字英镑
money-NGN = eNaira
money-INR = 数字卢比
money-BRL = 雷亚尔
