//! What the tests share.

/// Runs a test with one seed after the other; says which one failed.
pub(crate) fn seeds(n: u64, mut test: impl FnMut(&mut fastrand::Rng)) {
    struct Say(u64);
    impl Drop for Say {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("failed with seed {}", self.0);
            }
        }
    }
    for seed in 0..n {
        let say = Say(seed);
        test(&mut fastrand::Rng::with_seed(seed));
        drop(say);
    }
}
