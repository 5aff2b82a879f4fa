//! Mounts the app on the page, in place of its still first picture.

fn main() {
    exchequer_app::mount();
}
