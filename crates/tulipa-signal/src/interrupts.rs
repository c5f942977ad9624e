//! [`Interrupts`]: Ctrl-C in the hands of a loop.
//!
//! # Protocol
//!
//! The first [`Interrupts::take`] of the process puts a chain of four actions on SIGINT, for good,
//! and each signal runs them in this order:
//!
//! 1. If `unanswered` is set, end the process as SIGINT does by itself.
//! 2. Set `raised`.
//! 3. Set `unanswered`.
//! 4. Write a byte to the pipe.
//!
//! While nobody has taken Ctrl-C, `unanswered` is set: the first signal ends the process, as if
//! there were no chain. [`Interrupts`] clears it as it begins and each time its owner answers, and
//! sets it again as it is dropped. So a loop that is stuck, and answers nothing, is ended by the
//! second signal.
//!
//! `CHAIN` is made once and then only read; `taken` says whether an [`Interrupts`] is about.

use std::fmt;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::consts::SIGINT;
use signal_hook::low_level::{emulate_default_handler, pipe};

use crate::disposition;

struct Chain {
    raised: Arc<AtomicBool>,
    unanswered: Arc<AtomicBool>,
    wake: UnixStream,
    taken: AtomicBool,
    /// The handler that is ours, to know it again.
    handler: Option<usize>,
}

static CHAIN: Mutex<Option<Arc<Chain>>> = Mutex::new(None);

impl Chain {
    /// The chain, put on the signal if it is not there yet; `None` if somebody else handles or
    /// ignores the signal.
    fn get() -> io::Result<Option<Arc<Self>>> {
        let mut chain = CHAIN.lock().unwrap_or_else(PoisonError::into_inner);
        let present = disposition::handler(SIGINT);
        if let Some(chain) = &*chain {
            return Ok((present == chain.handler).then(|| chain.clone()));
        }
        if present != Some(disposition::DEFAULT) {
            return Ok(None);
        }
        let (wake, bell) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let [raised, unanswered] = [false, true].map(|set| Arc::new(AtomicBool::new(set)));
        signal_hook::flag::register_conditional_default(SIGINT, unanswered.clone())?;
        signal_hook::flag::register(SIGINT, raised.clone())?;
        signal_hook::flag::register(SIGINT, unanswered.clone())?;
        pipe::register(SIGINT, bell)?;
        let handler = disposition::handler(SIGINT);
        let taken = AtomicBool::new(false);
        let new = Arc::new(Self { raised, unanswered, wake, taken, handler });
        *chain = Some(new.clone());
        Ok(Some(new))
    }
}

/// Ctrl-C, taken over from the system until this is dropped.
///
/// There is one at a time in a process. A program that handles SIGINT by itself installs its
/// handler before the first [`take`](Self::take); one that is installed later through `signal-hook`
/// shares its place with this one, and is told, but the process ends all the same where it would
/// without a handler. See the crate's documentation for an example.
#[doc(alias = "ctrl_c")]
#[must_use = "dropping it gives Ctrl-C back"]
pub struct Interrupts {
    chain: Arc<Chain>,
}

impl Interrupts {
    /// Takes Ctrl-C over, as Python's `asyncio.Runner` does; `None` if that is not for the caller
    /// to do: on another than the main thread, while somebody else has it, or if the program
    /// handles or ignores SIGINT by itself.
    ///
    /// # Errors
    ///
    /// What the operating system says when a pipe is made or the handler is set.
    pub fn take() -> io::Result<Option<Self>> {
        if !is_main_thread() {
            return Ok(None);
        }
        let Some(chain) = Chain::get()? else { return Ok(None) };
        if chain.taken.swap(true, SeqCst) {
            return Ok(None);
        }
        chain.raised.store(false, SeqCst);
        chain.unanswered.store(false, SeqCst);
        Ok(Some(Self { chain }))
    }

    /// The flag that Ctrl-C sets. Clear it, then [`answer`](Self::answer).
    pub fn raised(&self) -> Arc<AtomicBool> {
        self.chain.raised.clone()
    }

    /// What Ctrl-C makes readable, after it has set the flag. Read it empty; it does not block.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    pub fn wake(&self) -> io::Result<UnixStream> {
        self.chain.wake.try_clone()
    }

    /// Says that a Ctrl-C was seen. Else the next one ends the process.
    pub fn answer(&self) {
        self.chain.unanswered.store(false, SeqCst);
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.chain.unanswered.store(true, SeqCst);
        self.chain.taken.store(false, SeqCst);
    }
}

impl fmt::Debug for Interrupts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let raised = self.chain.raised.load(SeqCst);
        f.debug_struct("Interrupts").field("raised", &raised).finish_non_exhaustive()
    }
}

/// Ends the process as Ctrl-C does where nobody handles it: by the signal, so that a shell sees it.
///
/// What is buffered for standard output is written first. Destructors do not run.
pub fn end_process() -> ! {
    // There is nobody left to tell when standard output is closed.
    let _ = io::stdout().flush();
    let _ = emulate_default_handler(SIGINT);
    // What shells report for a process that SIGINT has ended.
    std::process::exit(128 + SIGINT)
}

/// By the system's word where it has one: a thread may have any name.
fn is_main_thread() -> bool {
    #[cfg(target_os = "linux")]
    return rustix::thread::gettid() == rustix::process::getpid();
    #[cfg(not(target_os = "linux"))]
    return std::thread::current().name() == Some("main");
}
