//! [`EventLoop::add_flag`]: how code that may do almost nothing, a signal handler, tells a loop.
//!
//! # Protocol
//!
//! A signal handler may set a flag and write to a descriptor, and not much more. It does both, in
//! this order. The loop looks at the flag at each of its looks, also while it is busy, without a
//! system call; the byte that was written ends its wait when it is idle. A flag that was found is
//! cleared first and answered then, so one that is set meanwhile is found at the next look.
//!
//! The descriptor is a source of the poller that makes a busy loop ask for nothing. Its report sets
//! `reported`, and then what has come is read, so that the pipe never fills and, with one-shot
//! registrations, the poller is armed anew.

use std::fmt;
use std::io::{self, Read};
use std::os::fd::BorrowedFd;
use std::os::unix::net::UnixStream;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Relaxed},
};
use std::task::{Context, Poll, Wake, Waker};

use tulipa_context::Saved;
use tulipa_rt::{Interest, Source};

use crate::callback::Callback;
use crate::core::Core;
use crate::event_loop::EventLoop;

pub(crate) struct Flag {
    raised: Arc<AtomicBool>,
    source: Source,
    /// The same descriptor, to read from.
    wake: UnixStream,
    reported: Arc<Reported>,
    callback: Rc<dyn Fn()>,
    context: Saved,
}

/// Whether the poller has reported the descriptor.
#[derive(Default)]
struct Reported(AtomicBool);

impl Wake for Reported {
    fn wake(self: Arc<Self>) {
        // Relaxed: the loop's thread wakes it, and looks.
        self.0.store(true, Relaxed);
    }
}

impl Flag {
    /// Whether it was set, or its descriptor reported. A look that costs two loads.
    fn has_news(&self) -> bool {
        self.raised.load(Relaxed) || self.reported.0.load(Relaxed)
    }

    /// Reads what has come, and has the poller report what comes next.
    fn listen(&self) {
        let waker = Waker::from(self.reported.clone());
        let cx = Context::from_waker(&waker);
        let read = |_: BorrowedFd<'_>| (&self.wake).read(&mut [0; 64]);
        // An error or the end means that nobody can write any more.
        while let Poll::Ready(Ok(1..)) = self.source.poll_io(Interest::Readable, &cx, read) {}
    }
}

impl Core {
    /// Queues the callbacks of the flags that were set. Part of each look.
    pub(crate) fn look_at_flags(&self) {
        if !self.flags.borrow().iter().any(|flag| flag.has_news()) {
            return;
        }
        let flags = self.flags.borrow().clone();
        for flag in flags {
            if flag.reported.0.swap(false, Relaxed) {
                flag.listen();
            }
            // Acquire: what the one who set it had done before is seen by the callback. The look
            // before the swap spares the write, since this is done at every look.
            if flag.raised.load(Relaxed) && flag.raised.swap(false, Acquire) {
                let callback = flag.callback.clone();
                let call = Callback::Once(Box::new(move || callback()), flag.context.clone());
                self.ready.borrow_mut().push_callback(call);
            }
        }
    }

    fn remove_flag(&self, flag: &Rc<Flag>) {
        let mut flags = self.flags.borrow_mut();
        let at = flags.iter().position(|held| Rc::ptr_eq(held, flag));
        let gone = at.map(|at| flags.remove(at));
        drop(flags);
        if gone.is_some() {
            self.io.count_quiet(-1);
        }
    }
}

impl EventLoop {
    /// Calls back from the loop whenever a flag is set by code that may do almost nothing else: a
    /// signal handler.
    ///
    /// Whoever sets the flag then writes a byte to the other end of `wake`, or a sleeping loop does
    /// not see it; the byte may be lost if the pipe is full. The loop clears the flag before it
    /// calls back, and reads what comes. Flags that are set before the loop looks are one. A busy
    /// loop looks after every [`POLLS_PER_LOOK`](crate::POLLS_PER_LOOK) entries, and makes no
    /// system call for it. The callback runs as one of [`call_soon`](Self::call_soon)'s, in the
    /// context of this call.
    ///
    /// # Errors
    ///
    /// What the operating system says when `wake` is registered.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::Write;
    /// use std::os::unix::net::UnixStream;
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    /// use tulipa_loop::EventLoop;
    ///
    /// let event_loop = EventLoop::new()?;
    /// let (flag, (wake, mut bell)) = (Arc::new(AtomicBool::new(false)), UnixStream::pair()?);
    /// let stopper = event_loop.clone();
    /// let handle = event_loop.add_flag(flag.clone(), wake, move || stopper.stop())?;
    /// let setter = std::thread::spawn(move || {
    ///     flag.store(true, SeqCst);
    ///     bell.write_all(b"!")
    /// });
    /// event_loop.run_forever()?;
    /// handle.remove();
    /// setter.join().unwrap()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_flag(
        &self,
        flag: Arc<AtomicBool>,
        wake: UnixStream,
        callback: impl Fn() + 'static,
    ) -> io::Result<FlagHandle> {
        wake.set_nonblocking(true)?;
        let source = self.core().io.register(wake.try_clone()?.into())?;
        let flag = Rc::new(Flag {
            raised: flag,
            source,
            wake,
            reported: Arc::default(),
            callback: Rc::new(callback),
            context: Saved::copy_current(),
        });
        flag.listen();
        self.core().io.count_quiet(1);
        self.core().flags.borrow_mut().push(flag.clone());
        Ok(FlagHandle { core: Rc::downgrade(self.core()), flag })
    }
}

/// A flag that a loop looks at; dropping the handle ends that.
#[must_use = "dropping the handle ends it"]
pub struct FlagHandle {
    core: Weak<Core>,
    flag: Rc<Flag>,
}

impl FlagHandle {
    /// The loop looks no more at the flag. The same as dropping the handle, but said.
    pub fn remove(self) {
        drop(self);
    }
}

impl Drop for FlagHandle {
    fn drop(&mut self) {
        if let Some(core) = self.core.upgrade() {
            core.remove_flag(&self.flag);
        }
    }
}

impl fmt::Debug for FlagHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let raised = self.flag.raised.load(Relaxed);
        f.debug_struct("FlagHandle").field("raised", &raised).finish_non_exhaustive()
    }
}
