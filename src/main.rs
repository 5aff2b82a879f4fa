//! One program for both threads: on the page it mounts the app in place of the
//! still first picture; in the engine's worker it serves requests. The page
//! hands the worker what it has compiled, so it is loaded and compiled once.

fn main() {
    if exchequer_app::engine::in_worker() {
        exchequer_app::engine::serve();
    } else {
        exchequer_app::mount();
    }
}
