//! Independent random numbers for every party.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// The random numbers of one party in one domain of one scenario.
///
/// The stream depends on seed, domain and party and on nothing else, so adding a person, or
/// drawing more numbers for one, changes nobody else's. Drawing from it is the caller's: keep the
/// stream with the party and never make it twice for the same use.
///
/// ```
/// use seal::rand_core::Rng;
/// let mut alice = seal::stream(7, "trade", "Alice");
/// assert_eq!(alice.next_u64(), seal::stream(7, "trade", "Alice").next_u64());
/// assert_ne!(alice.next_u64(), seal::stream(7, "trade", "Bob").next_u64());
/// ```
#[must_use]
pub fn stream(seed: u64, domain: &str, party: &str) -> ChaCha8Rng {
    ChaCha8Rng::from_seed(derive(
        "exchequer 2026-11 random stream v1",
        seed,
        domain,
        party,
    ))
}

/// 32 bytes for a purpose, from seed, domain and party.
pub(crate) fn derive(purpose: &str, seed: u64, domain: &str, party: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    hasher.update(&seed.to_le_bytes());
    // Each text is preceded by its length, so that ("a", "bc") and ("ab", "c") differ.
    for text in [domain, party] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    *hasher.finalize().as_bytes()
}
