//! Everything that the examples emit, locked by snapshots in the folder `snapshots` of the repository.

mod emitted;
mod golden;
