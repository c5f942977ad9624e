//! The examples are the programs of this package.
