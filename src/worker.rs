//! The engine's web worker.

fn main() {
    exchequer_app::engine::serve();
}
