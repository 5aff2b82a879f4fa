//! exchequer
