//! The tests of tulipa-rt: what the seam itself does. What loops promise is held by the
//! conformance kits of tulipa-test.

mod current; // which loop runs here, which task
mod header; // identity, names, parents
mod report; // what the exception handler is told
mod source; // readiness, reports, wakers
mod support; // a scheduler and a registration that write down what they are asked
mod tasks; // the list of tasks against a model; done-callbacks
