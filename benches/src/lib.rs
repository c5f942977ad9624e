//! Benchmarks of tulipa beside its rivals.
