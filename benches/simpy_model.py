"""The peer of the payments bench: same-operator payments as a SimPy model.

Each payment is checked against the payer's payment, day and balance limits,
posted as a debit and a credit in the central bank's register, written to a log
of events, and followed by the check that money in issue equals money held.
Prints payments a second.
"""

import sys
import time

import simpy

WALLETS, EACH = 1000, 10_000_000
PAYMENT_LIMIT, DAY_LIMIT, BALANCE_LIMIT = 5_000_000, 10_000_000, 50_000_000


class Bank:
    def __init__(self, env):
        self.env = env
        self.register = [EACH] * WALLETS
        self.spent = [0] * WALLETS
        self.held = EACH * WALLETS
        self.issued = EACH * WALLETS
        self.log = []
        self.queue = simpy.Store(env)
        env.process(self.serve())

    def serve(self):
        while True:
            payer, payee, amount = yield self.queue.get()
            if amount > PAYMENT_LIMIT or self.spent[payer] + amount > DAY_LIMIT:
                self.log.append((self.env.now, "refused", payer, payee, amount))
                continue
            if self.register[payer] < amount or self.register[payee] + amount > BALANCE_LIMIT:
                self.log.append((self.env.now, "refused", payer, payee, amount))
                continue
            self.register[payer] -= amount
            self.held -= amount
            self.register[payee] += amount
            self.held += amount
            self.spent[payer] += amount
            self.log.append((self.env.now, "posted", payer, payee, amount))
            assert self.held == self.issued


def customers(env, bank, payments):
    for number in range(payments):
        payer, payee = number * 3 % WALLETS, (number * 7 + 1) % WALLETS
        if payer == payee:
            payee = (payee + 1) % WALLETS
        yield bank.queue.put((payer, payee, 1 + number % 50))


def main():
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    env = simpy.Environment()
    bank = Bank(env)
    env.process(customers(env, bank, payments))
    begin = time.perf_counter()
    env.run()
    took = time.perf_counter() - begin
    assert len(bank.log) == payments and sum(bank.register) == bank.issued
    print(payments / took)


main()
