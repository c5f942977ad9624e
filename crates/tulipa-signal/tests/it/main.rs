//! The tests of tulipa-signal that need no signal; those with one are the facade's, in processes of
//! their own.

use tulipa_signal::Interrupts;

/// S-RUN-7
#[test]
fn on_another_than_the_main_thread_nothing_is_taken() {
    let taken = std::thread::spawn(|| Interrupts::take().unwrap().is_some());
    assert!(!taken.join().unwrap());
}
