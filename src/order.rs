//! Putting short lists in order.

/// Puts a list in order, and leaves equals as they stand. By insertion: right
/// for the dozens of things on a board, and a fiftieth of the library's sort in
/// the download, which has a copy of it for each type.
pub fn order<T>(list: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && before(&list[at], &list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::order;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_orders_as_the_library_does(mut list in prop::collection::vec((0_u8..9, any::<u8>()), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|it| it.0);
            order(&mut list, |a, b| a.0 < b.0);
            prop_assert_eq!(list, expected);
        }
    }
}
