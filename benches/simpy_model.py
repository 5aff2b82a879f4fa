"""The peers of the payments bench: same-operator payments as SimPy models.

`same` does what the engine does: payer, bank and central bank are parties that
know only what messages bring them; the bank checks the payer's payment and day
limits and the payee's balance limit and keeps a file of each wallet; the
central bank posts a debit and a credit in its register; payer and payee are
told; every message, posting and change of a file is a fact of 64 bytes in a
log with a digest; and after each payment money in issue is compared with money
held, and the bank's files with the register.

`bare` is the least that could be called a payment: one process, one check of
each limit, one debit and credit, one entry in a list, no messages, no digest.

Prints payments a second.
"""

import hashlib
import struct
import sys
import time

import simpy

WALLETS, EACH = 1000, 10_000_000
PAYMENT_LIMIT, DAY_LIMIT, BALANCE_LIMIT = 5_000_000, 10_000_000, 50_000_000
SEGMENT = 4096

ASK, ORDER, POSTED, SETTLED, RECEIPT, NOTICE, FILE, REFUSED = range(8)
BANK, CENTRAL_BANK = -1, -2
RECORD = struct.Struct("<qiiiiqqqqq")
assert RECORD.size == 64


class Log:
    """Facts in segments, each digested on top of the one before it."""

    def __init__(self):
        self.chain = b""
        self.segments = []
        self.begin()

    def begin(self):
        self.open = bytearray(RECORD.size * SEGMENT)
        self.used = 0

    def add(self, now, kind, one, other, order, amount, a=0, b=0, c=0, d=0):
        RECORD.pack_into(self.open, self.used * RECORD.size, int(now), kind, one, other, order, amount, a, b, c, d)
        self.used += 1
        if self.used == SEGMENT:
            self.chain = hashlib.blake2b(self.chain + self.open, digest_size=32).digest()
            self.segments.append(self.open)
            self.begin()

    def digest(self):
        rest = memoryview(self.open)[: self.used * RECORD.size]
        return hashlib.blake2b(self.chain + rest, digest_size=32).hexdigest()

    def __len__(self):
        return len(self.segments) * SEGMENT + self.used


class World:
    def __init__(self, env):
        self.env, self.log = env, Log()
        self.issued = self.held = self.filed = EACH * WALLETS
        self.register = [EACH] * WALLETS
        self.refused = self.unsound = 0
        self.to_bank, self.to_central_bank, self.to_holders = simpy.Store(env), simpy.Store(env), simpy.Store(env)
        env.process(self.bank())
        env.process(self.central_bank())

    def bank(self):
        available, expected, spent = [EACH] * WALLETS, [0] * WALLETS, [0] * WALLETS
        log, env = self.log, self.env
        while True:
            kind, payer, payee, order, amount = yield self.to_bank.get()
            if kind == ASK:
                if (
                    amount > PAYMENT_LIMIT
                    or spent[payer] + amount > DAY_LIMIT
                    or available[payer] < amount
                    or available[payee] + expected[payee] + amount > BALANCE_LIMIT
                ):
                    self.refused += 1
                    log.add(env.now, REFUSED, payer, payee, order, amount)
                    continue
                available[payer] -= amount
                spent[payer] += amount
                expected[payee] += amount
                self.filed -= amount
                log.add(env.now, FILE, payer, 0, order, available[payer], expected[payer], spent[payer])
                log.add(env.now, FILE, payee, 0, order, available[payee], expected[payee], spent[payee])
                log.add(env.now, ORDER, BANK, CENTRAL_BANK, order, amount, payer, payee)
                self.to_central_bank.put((ORDER, payer, payee, order, amount))
            else:
                expected[payee] -= amount
                available[payee] += amount
                self.filed += amount
                log.add(env.now, FILE, payee, 0, order, available[payee], expected[payee], spent[payee])
                log.add(env.now, RECEIPT, BANK, payer, order, amount, payer, payee)
                log.add(env.now, NOTICE, BANK, payee, order, amount, payer, payee)
                self.to_holders.put((RECEIPT, payer, payee, order, amount))

    def central_bank(self):
        log, env, register = self.log, self.env, self.register
        while True:
            _, payer, payee, order, amount = yield self.to_central_bank.get()
            if register[payer] < amount:
                self.refused += 1
                log.add(env.now, REFUSED, payer, payee, order, amount)
                continue
            register[payer] -= amount
            self.held -= amount
            register[payee] += amount
            self.held += amount
            log.add(env.now, POSTED, payer, payee, order, amount)
            log.add(env.now, SETTLED, CENTRAL_BANK, BANK, order, amount, payer, payee)
            self.to_bank.put((SETTLED, payer, payee, order, amount))

    def customers(self, payments):
        for number in range(payments):
            payer, payee, amount = deal(number)
            self.log.add(self.env.now, ASK, payer, BANK, number, amount, payer, payee)
            self.to_bank.put((ASK, payer, payee, number, amount))
            yield self.to_holders.get()
            self.unsound += not (self.held == self.issued == self.filed)


class Bare:
    def __init__(self, env):
        self.env = env
        self.register = [EACH] * WALLETS
        self.spent = [0] * WALLETS
        self.held = self.issued = EACH * WALLETS
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

    def customers(self, payments):
        for number in range(payments):
            yield self.queue.put(deal(number))


def deal(number):
    payer, payee = number * 3 % WALLETS, (number * 7 + 1) % WALLETS
    if payer == payee:
        payee = (payee + 1) % WALLETS
    return payer, payee, 1 + number % 50


def main():
    model, payments = sys.argv[1], int(sys.argv[2])
    env = simpy.Environment()
    world = {"same": World, "bare": Bare}[model](env)
    env.process(world.customers(payments))
    begin = time.perf_counter()
    env.run()
    if model == "same":
        world.log.digest()
    took = time.perf_counter() - begin
    assert sum(world.register) == world.issued
    if model == "same":
        assert world.refused == world.unsound == 0 and len(world.log) == 9 * payments
    else:
        assert len(world.log) == payments
    print(payments / took)


main()
