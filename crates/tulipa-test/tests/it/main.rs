//! The tests of tulipa-test: the loop with the virtual clock, and the tools around it.

mod conformance; // the promises of the seam, kept by `TestLoop`
