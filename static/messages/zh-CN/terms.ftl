# 专业术语，聚焦时显示定义。

term-securities = 中央银行创造货币时买入的资产：这里是安全的债券。
term-reserves = 银行在中央银行的账户。银行之间用它支付；公众不能持有。
term-repository = 银行备付的数字人民币，由中央银行登记。
term-circulation = 公众钱包里的数字人民币，由中央银行登记。
term-vault = 银行备付的数字人民币，是中央银行的负债。
term-cash = 中央银行负债的纸币。
term-notes = 中央银行负债的纸币。
term-loans = 借款人欠银行的钱。
term-deposits = 银行欠客户的钱。
term-deposit = 银行欠您的钱。
term-wallet = 中央银行欠您的数字人民币；由运营机构管理钱包。
term-to-return = 收到但无法入账的钱；将被退回。
term-funds = 全部资产减去全部负债后的余额。
term-journal = 写入账簿的记录，每笔金额借贷各记一次。
term-refusal = 被拒绝的请求，带有固定的代码和决定它的数字。
term-check-books = 每本账簿里，资产等于负债。
term-check-in-issue = 中央银行的发行量等于银行与公众的持有量。
term-check-vaults = 各银行自称的持有量等于中央银行的登记。
term-check-reserves = 各银行自称的准备金等于中央银行的记录。
term-check-notes = 发行的纸币等于柜台和口袋里的纸币。
term-check-wallets = 钱包显示的数额等于登记的数额。
term-wallets = 银行欠钱包持有人的数字货币。
term-to-settle = 付给他行、准备金尚在途中的款项。
term-accrued = 银行应付而未付的利息。
term-interest-expense = 利息给银行带来的支出，减少其自有资金。
