#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod context;
mod current;
mod saved;
mod sync;
mod token;
mod values;
mod var;
mod wrap;

pub use context::{Context, copy_context};
pub use saved::Saved;
pub use token::{ResetError, Token};
pub use var::ContextVar;
pub use wrap::InContext;
