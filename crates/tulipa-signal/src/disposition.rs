//! Who handles a signal: the one file with `unsafe`.
//!
//! # Safety
//!
//! `sigaction` with no new action changes nothing; it fills in the present one, or fails.

use std::mem::MaybeUninit;

/// The address of a signal's handler, or one of the constants below; `None` if it cannot be told.
pub(crate) fn handler(signal: i32) -> Option<usize> {
    let mut present = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: no new action is given, and there is room for the present one.
    let failed = unsafe { libc::sigaction(signal, std::ptr::null(), present.as_mut_ptr()) };
    if failed != 0 {
        return None;
    }
    // SAFETY: the call has succeeded, and so it has filled it in.
    Some(unsafe { present.assume_init() }.sa_sigaction)
}

/// Nobody handles it: it does what the system does with it.
pub(crate) const DEFAULT: usize = libc::SIG_DFL;

#[cfg(test)]
mod tests {
    use super::{DEFAULT, handler};

    #[test]
    fn a_signal_that_nobody_handles_has_the_default_handler() {
        assert_eq!(handler(libc::SIGURG), Some(DEFAULT));
        assert_eq!(handler(-1), None, "there is no such signal");
    }
}
