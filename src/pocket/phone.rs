//! What a pocket needs of the device it is on: its clock, and chance.

/// The device's clock, in milliseconds UTC.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// How many minutes the device's clock is ahead of UTC.
pub fn ahead() -> i32 {
    -js_sys::Date::new_0().get_timezone_offset() as i32
}

/// Bytes that nobody can guess, if the browser gives any.
pub fn chance() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
