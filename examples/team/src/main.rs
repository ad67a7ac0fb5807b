//! `cargo xtask`: compiles the workflows of this crate.

fn main() -> std::process::ExitCode {
    stepwright_xtask::main(team_workflows::registry())
}
