#![no_main]

stepwright_guided::fuzz!(Grammar);
