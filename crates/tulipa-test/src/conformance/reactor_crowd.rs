//! The kit of [`Reactor`](tulipa_rt::Reactor): several waiters, threads, many sources.

use std::future::poll_fn;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};
use std::thread::{self, Thread};

use tulipa_rt::{Interest::Readable, Source};
use tulipa_task::create_task_on;

use super::reactor::Pair;
use super::{LONG, Log, OnWake, SHORT, Subject, settle, turn_until, waker};
use crate::CountingWaker;

pub(super) fn all<S: Subject>(make: impl Fn() -> S) {
    several_waiters(make());
    tasks_wait(make());
    other_threads_wait(make());
    written_by_another_thread(make());
    many_sources(make());
    used_by_a_waker(make());
}

fn several_waiters<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let waiters: [_; 5] = std::array::from_fn(|_| CountingWaker::new());
    for waiter in &waiters {
        pair.must_not_be_ready(Readable, waiter);
        pair.must_not_be_ready(Readable, waiter); // asking twice is waiting once
    }
    pair.send(&mut subject, b"spam");
    pair.wait(&mut subject, Readable, &waiters[0]);
    assert_eq!(waiters.each_ref().map(CountingWaker::wakes), [1; 5], "all wait, all are woken");
    assert_eq!(waiters.each_ref().map(CountingWaker::clones), [0; 5], "who was woken is let go");
}

fn tasks_wait<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let mut pair = Pair::new(&subject);
    for event in 0..3 {
        let (source, log) = (pair.source.clone(), log.clone());
        let waits = poll_fn(move |cx| source.poll_ready(Readable, cx));
        let task = create_task_on(&runtime, async move {
            waits.await.expect("a socket can be asked for readiness");
            log.add(event);
        });
        task.detach();
    }
    settle(&mut subject);
    assert_eq!(log.take(), [], "nothing to read");
    pair.send(&mut subject, b"spam");
    turn_until(&mut subject, LONG, "tasks are woken by a source", || log.len() == 3);
    assert_eq!(log.take(), [0, 1, 2], "in the order in which they began to wait");
}

/// Unparks a thread.
struct Unpark(Thread, AtomicBool);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        // SeqCst, like the swap below: one flag between two threads, not worth more thought.
        self.1.store(true, SeqCst);
        self.0.unpark();
    }
}

/// Blocks the thread until the source is readable.
fn wait_on_this_thread(source: &Source) {
    let unpark = Arc::new(Unpark(thread::current(), AtomicBool::new(false)));
    let waker = Waker::from(unpark.clone());
    while source.poll_ready(Readable, &Context::from_waker(&waker)).is_pending() {
        while !unpark.1.swap(false, SeqCst) {
            thread::park_timeout(LONG);
        }
    }
}

fn other_threads_wait<S: Subject>(mut subject: S) {
    for _ in 0..20 {
        let mut pair = Pair::new(&subject);
        let threads = [(); 3].map(|()| {
            let source = pair.source.clone();
            thread::spawn(move || wait_on_this_thread(&source))
        });
        pair.send(&mut subject, b"spam");
        let ended = || threads.iter().all(thread::JoinHandle::is_finished);
        turn_until(&mut subject, SHORT, "threads are woken by a source", ended);
        for thread in threads {
            thread.join().expect("it only waited");
        }
    }
}

/// The loop may be asleep by the time there is something to read.
fn written_by_another_thread<S: Subject>(mut subject: S) {
    for _ in 0..20 {
        let Pair { source, mut peer } = Pair::new(&subject);
        let counting = CountingWaker::new();
        let pair = Pair { source, peer: peer.try_clone().expect("a socket can be cloned") };
        pair.must_not_be_ready(Readable, &counting);
        let writer = thread::spawn(move || peer.write_all(b"spam").expect("the socket has room"));
        // A loop that asks the system is woken, another one gets its report when all is written.
        let awaited = || writer.is_finished() || counting.wakes() > 0;
        turn_until(&mut subject, LONG, "a source wakes a loop that sleeps", awaited);
        writer.join().expect("it only wrote");
        subject.report(&pair.source, Readable);
        pair.wait(&mut subject, Readable, &counting);
        assert_eq!(pair.read().expect("it is readable"), b"spam");
    }
}

fn many_sources<S: Subject>(mut subject: S) {
    let mut pairs: Vec<_> = (0..100).map(|_| Pair::new(&subject)).collect();
    let wakers: Vec<_> = pairs.iter().map(|_| CountingWaker::new()).collect();
    for round in 0..3 {
        for (pair, waker) in pairs.iter().zip(&wakers) {
            pair.must_not_be_ready(Readable, waker);
        }
        for pair in &mut pairs {
            pair.send(&mut subject, &[round]);
        }
        let all = || wakers.iter().all(|waker| waker.wakes() == usize::from(round) + 1);
        turn_until(&mut subject, LONG, "a hundred sources become readable", all);
        for pair in &pairs {
            assert_eq!(pair.read().expect("it is readable"), [round]);
        }
    }
}

/// Who is woken by a source may be the last to hold it, and may register another.
fn used_by_a_waker<S: Subject>(mut subject: S) {
    for _ in 0..10 {
        let mut pair = Pair::new(&subject);
        let woken = Log::default();
        let held = Mutex::new(Some(pair.source.clone()));
        let log = woken.clone();
        let drops = waker(OnWake(move || {
            let runtime = tulipa_rt::try_current().expect("reports come with the loop as current");
            let (ours, _) = UnixStream::pair().expect("a pair of sockets");
            let other = runtime.register(OwnedFd::from(ours)).expect("a socket registers");
            drop(other);
            drop(held.lock().unwrap_or_else(PoisonError::into_inner).take());
            log.add(0);
        }));
        let polled = pair.source.poll_ready(Readable, &Context::from_waker(&drops));
        assert!(polled.is_pending(), "nothing was sent yet");
        pair.send(&mut subject, b"spam");
        drop((drops, pair));
        // The waker holds the source, and the source the waker, until the report.
        turn_until(&mut subject, LONG, "a source wakes", || woken.len() == 1);
    }
}
