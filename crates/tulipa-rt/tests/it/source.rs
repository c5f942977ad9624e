//! Readiness: remembered until it is cleared, reported to everybody who waits.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use tulipa_rt::Interest::{Readable, Writable};
use tulipa_rt::{Interest, Ready, Registration, Source, WeakSource};
use tulipa_test::CountingWaker;

use crate::support::Asked;

fn poll(source: &Source, interest: Interest, counting: &CountingWaker) -> Option<Ready> {
    match source.poll_ready(interest, &Context::from_waker(counting.waker())) {
        Poll::Ready(ready) => Some(ready.unwrap()),
        Poll::Pending => None,
    }
}

/// A source that is ready for nothing.
fn idle() -> (Source, UnixStream) {
    let (source, peer) = Asked::default().source();
    for interest in [Readable, Writable] {
        let ready = poll(&source, interest, &CountingWaker::new()).expect("a new one is ready");
        source.clear(interest, ready);
    }
    (source, peer)
}

#[test]
fn a_new_source_is_taken_to_be_ready() {
    let asked = Asked::default();
    let (source, _peer) = asked.source();
    let counting = CountingWaker::new();
    assert!(poll(&source, Readable, &counting).is_some());
    assert!(poll(&source, Writable, &counting).is_some());
    assert_eq!((counting.clones(), asked.take()), (0, vec![]), "nobody waits, nobody is asked");
    let debug = format!("{source:?}");
    assert!(debug.contains("readable: true, writable: true"), "{debug}");
}

#[test]
fn a_report_wakes_everybody_who_waits_for_it_once() {
    let (source, _peer) = idle();
    let readers: [_; 3] = std::array::from_fn(|_| CountingWaker::new());
    let writer = CountingWaker::new();
    for reader in &readers {
        assert!(poll(&source, Readable, reader).is_none());
        assert!(poll(&source, Readable, reader).is_none());
        assert_eq!(reader.clones(), 1, "waiting twice is waiting once");
    }
    assert!(poll(&source, Writable, &writer).is_none());
    source.report(true, false);
    source.report(true, false);
    assert_eq!(readers.each_ref().map(|reader| (reader.wakes(), reader.clones())), [(1, 0); 3]);
    assert_eq!((writer.wakes(), writer.clones()), (0, 1));
    assert!(poll(&source, Readable, &readers[0]).is_some());
    assert!(poll(&source, Writable, &writer).is_none());
    source.report(true, true);
    assert_eq!(writer.wakes(), 1);
}

#[test]
fn readiness_stays_until_it_is_cleared() {
    let (source, _peer) = idle();
    let counting = CountingWaker::new();
    source.report(true, false);
    let ready = poll(&source, Readable, &counting).expect("it was reported");
    assert!(poll(&source, Readable, &counting).is_some());
    source.clear(Readable, ready);
    assert!(poll(&source, Readable, &counting).is_none());
}

#[test]
fn clearing_what_was_seen_earlier_loses_no_report() {
    let (source, _peer) = idle();
    let counting = CountingWaker::new();
    source.report(true, false);
    let seen = poll(&source, Readable, &counting).expect("it was reported");
    source.report(true, false);
    source.clear(Readable, seen);
    let newer = poll(&source, Readable, &counting).expect("a report came in between");
    source.clear(Readable, newer);
    source.clear(Readable, newer);
    assert!(poll(&source, Readable, &counting).is_none());
    source.report(true, false);
    source.clear(Readable, seen);
    source.clear(Readable, newer);
    assert!(poll(&source, Readable, &counting).is_some(), "old ones stay old");
}

#[test]
fn waiting_arms_what_is_waited_for() {
    let asked = Asked::default();
    let (source, _peer) = asked.source();
    let counting = CountingWaker::new();
    for interest in [Readable, Writable] {
        let ready = poll(&source, interest, &counting).expect("a new one is ready");
        source.clear(interest, ready);
        assert!(poll(&source, interest, &counting).is_none());
    }
    assert_eq!(asked.take(), ["arm true false", "arm true true"]);
    source.report(true, false);
    assert!(poll(&source, Writable, &counting).is_none());
    assert_eq!(asked.take(), ["arm false true"], "who was woken waits no more");
}

/// Cannot be armed.
struct Refuses;

impl Registration for Refuses {
    fn arm(&self, _: BorrowedFd<'_>, _: bool, _: bool) -> io::Result<()> {
        Err(io::Error::other("no more room"))
    }

    fn deregister(&self, _: BorrowedFd<'_>) {}
}

#[test]
fn who_cannot_be_armed_for_gets_the_error() {
    let (ours, _peer) = UnixStream::pair().unwrap();
    let source = Source::new(OwnedFd::from(ours), Box::new(Refuses));
    let cx = Context::from_waker(Waker::noop());
    let Poll::Ready(Ok(ready)) = source.poll_ready(Readable, &cx) else { panic!("it is ready") };
    source.clear(Readable, ready);
    let Poll::Ready(Err(error)) = source.poll_ready(Readable, &cx) else { panic!("no error") };
    assert_eq!(error.to_string(), "no more room");
    let tried = source.poll_io(Readable, &cx, |_| Ok(()));
    assert!(matches!(tried, Poll::Ready(Err(error)) if error.to_string() == "no more room"));
}

#[test]
fn a_waker_may_use_the_source_as_it_is_woken_and_as_it_is_dropped() {
    /// Uses the source, whatever happens to it.
    struct Uses(Mutex<Option<Source>>);
    impl Uses {
        fn look(&self) {
            if let Some(source) = &*self.0.lock().unwrap() {
                source.report(false, true);
                let polled = source.poll_ready(Writable, &Context::from_waker(Waker::noop()));
                assert!(polled.is_ready());
            }
        }
    }
    impl Wake for Uses {
        fn wake(self: Arc<Self>) {
            self.look();
        }
    }
    impl Drop for Uses {
        fn drop(&mut self) {
            self.look();
        }
    }
    let (source, _peer) = idle();
    for interest in [Readable, Writable] {
        let waker = Waker::from(Arc::new(Uses(Mutex::new(Some(source.clone())))));
        assert!(source.poll_ready(interest, &Context::from_waker(&waker)).is_pending());
        drop(waker);
        source.report(true, true);
        for interest in [Readable, Writable] {
            let ready = poll(&source, interest, &CountingWaker::new()).expect("reported");
            source.clear(interest, ready);
        }
    }
}

#[test]
fn an_operation_is_tried_until_it_does_not_block() {
    let (source, mut peer) = idle();
    let counting = CountingWaker::new();
    let cx = Context::from_waker(counting.waker());
    let tries = Cell::new(0);
    let read = |io: BorrowedFd<'_>| {
        tries.set(tries.get() + 1);
        let mut bytes = [0; 8];
        let mut socket = UnixStream::from(io.try_clone_to_owned()?);
        socket.read(&mut bytes).map(|length| bytes[..length].to_vec())
    };
    assert!(source.poll_io(Readable, &cx, read).is_pending());
    assert_eq!(tries.take(), 0, "what is known not to be ready is not tried");
    source.report(true, false);
    assert!(source.poll_io(Readable, &cx, read).is_pending());
    assert_eq!(tries.take(), 1, "a report that was not true is cleared");
    peer.write_all(b"spam").unwrap();
    source.report(true, false);
    assert!(
        matches!(source.poll_io(Readable, &cx, read), Poll::Ready(Ok(bytes)) if bytes == b"spam")
    );
    assert_eq!(tries.take(), 1, "a report that was true costs no more");
}

#[test]
fn an_operation_that_is_interrupted_is_tried_again_and_one_that_fails_is_not() {
    let (source, _peer) = idle();
    let cx = Context::from_waker(Waker::noop());
    source.report(true, false);
    let answers = [ErrorKind::Interrupted, ErrorKind::Interrupted, ErrorKind::BrokenPipe];
    let mut answers = answers.into_iter();
    let fails = |_: BorrowedFd<'_>| -> io::Result<()> {
        Err(answers.next().expect("tried once too often").into())
    };
    let Poll::Ready(Err(error)) = source.poll_io(Readable, &cx, fails) else { panic!("no error") };
    assert_eq!((error.kind(), answers.next()), (ErrorKind::BrokenPipe, None));
}

#[test]
fn the_last_clone_deregisters_then_closes() {
    let asked = Asked::default();
    let (source, mut peer) = asked.source();
    let (clone, weak): (Source, WeakSource) = (source.clone(), source.downgrade());
    drop(source);
    assert_eq!(asked.take(), [""; 0], "a clone is left");
    assert!(weak.upgrade().is_some());
    drop(clone);
    assert_eq!(asked.take(), ["deregister true"], "while the descriptor is open");
    assert!(weak.upgrade().is_none());
    assert_eq!(peer.read(&mut [0]).unwrap(), 0, "now it is closed");
}

#[test]
fn it_is_a_descriptor_and_may_go_anywhere() {
    fn check<T: Send + Sync + Clone + AsFd>() {}
    fn check_weak<T: Send + Sync + Clone>() {}
    check::<Source>();
    check_weak::<WeakSource>();
}
