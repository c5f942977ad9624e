#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

#[allow(unsafe_code, reason = "one call that asks who handles a signal; see its head")]
mod disposition;
mod interrupts;

pub use interrupts::{Interrupts, end_process};
