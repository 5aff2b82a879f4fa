# 一个事件一句话。参数：actor、payee、amount、bank、time、code（拒绝原因）、count。

caption-start = 还没有发生任何事。各方持有的是期初数额。
caption-later = 时间推进到 { $time }。
caption-overdue = { $count ->
   *[other] { $time }：{ $count } 条消息超时，各方账簿不再一致。
}

caption-issue = 中央银行向{ $bank }发行了 { $amount } 数字人民币，换入准备金。
caption-return = { $bank }把 { $amount } 数字人民币退回中央银行，换回准备金。
caption-exchange = { $actor }把 { $amount } 银行存款换成了数字人民币。
caption-redeem = { $actor }把 { $amount } 数字人民币换回了银行存款。
caption-cash-in = { $actor }把 { $amount } 纸币存入了钱包。
caption-cash-out = { $actor }从钱包取出了 { $amount } 纸币。
caption-pay = { $actor }用数字人民币付给{ $payee } { $amount }，{ $time } 即为最终。
caption-limit = { $actor }设定了 { $amount } 的限额。
caption-freeze = { $actor }的钱包被冻结。
caption-unfreeze = { $actor }的钱包恢复使用。
caption-close = { $actor }注销了钱包。
caption-upgrade = { $actor }的钱包升级，限额更高。

caption-asked-issue = { $bank }申请 { $amount } 数字人民币，尚未收到。
caption-asked-return = { $bank }申请退回 { $amount } 数字人民币，尚未完成。
caption-asked-exchange = { $actor }申请把 { $amount } 银行存款换成数字人民币，尚未完成。
caption-asked-redeem = { $actor }申请兑回 { $amount } 数字人民币，尚未完成。
caption-asked-cash-in = { $actor }交来 { $amount } 纸币，钱包尚未入账。
caption-asked-cash-out = { $actor }申请取 { $amount } 纸币，尚未拿到。
caption-asked-pay = { $actor }申请用数字人民币支付 { $amount }，尚未到账。

caption-refused-issue = 申请 { $amount } 数字人民币被拒绝：{ $code }。
caption-refused-return = 退回 { $amount } 数字人民币被拒绝：{ $code }。
caption-refused-exchange = { $actor }想把 { $amount } 换成数字人民币，被拒绝：{ $code }。
caption-refused-redeem = { $actor }想兑回 { $amount }，被拒绝：{ $code }。
caption-refused-cash-in = { $actor }想存入 { $amount } 纸币，被拒绝：{ $code }。
caption-refused-cash-out = { $actor }想取 { $amount } 纸币，被拒绝：{ $code }。
caption-refused-pay = { $actor }想支付 { $amount }，被拒绝：{ $code }。
caption-refused-limit = { $actor }想改限额，被拒绝：{ $code }。
caption-refused-freeze = 冻结{ $actor }的钱包被拒绝：{ $code }。
caption-refused-unfreeze = 解冻{ $actor }的钱包被拒绝：{ $code }。
caption-refused-close = { $actor }想注销钱包，被拒绝：{ $code }。
caption-refused-upgrade = { $actor }想提高限额，被拒绝：{ $code }。

caption-network-lose = { $count ->
   *[other] 网络将丢失接下来的 { $count } 条消息。
}
caption-network-double = { $count ->
   *[other] 网络将把接下来的 { $count } 条消息各送达两次。
}
caption-network-delay = { $count ->
   *[other] 网络将延误接下来的 { $count } 条消息。
}
