//! The examples print what is recorded beside them.

mod ctrl_c; // real signals
mod program; // starting an example and comparing what it prints
mod tour; // the tour
mod tutorial; // the programs of the tutorial, all at once
