//! Sources on both backends; `add_reader` and `add_writer` are tasks that wait for one.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;

use tulipa_rt::Interest::{Readable, Writable};
use tulipa_task::create_task_on;
use tulipa_test::CountingWaker;

use crate::support::{Log, Pair, on_both_backends, read, turn_until, write};

/// S-LOOP-18, the half of it that there is: who reads and who writes do not meet.
#[test]
fn reader_and_writer_of_one_descriptor_are_independent() {
    on_both_backends(|event_loop| {
        let (log, pair) = (Log::new(), Pair::new(event_loop));
        let (reads, source) = (log.clone(), pair.source.clone());
        let reader = create_task_on(&event_loop.runtime(), async move {
            loop {
                reads.add(read(&source).await);
            }
        });
        let (source, writes) = (pair.source.clone(), log.clone());
        create_task_on(&event_loop.runtime(), async move {
            write(&source).await;
            writes.add(b"written".to_vec());
        })
        .detach();
        turn_until(event_loop, || log.len() == 1);
        assert_eq!(log.take(), [b"written"]);
        pair.send(b"spam");
        turn_until(event_loop, || log.len() == 1);
        assert_eq!(log.take(), [b"spam"], "a writer that is done takes nothing from the reader");
        drop(reader);
        event_loop.close();
    });
}

/// A report for one direction must not disarm the other, even if nobody asks again for the one.
#[test]
fn who_waits_to_write_is_woken_after_a_report_that_there_is_something_to_read() {
    on_both_backends(|event_loop| {
        let pair = Pair::new(event_loop);
        pair.fill();
        let [reader, writer] = std::array::from_fn(|_| CountingWaker::new());
        for (interest, waiter) in [(Writable, &writer), (Readable, &reader)] {
            let cx = std::task::Context::from_waker(waiter.waker());
            while let std::task::Poll::Ready(ready) = pair.source.poll_ready(interest, &cx) {
                pair.source.clear(interest, ready.unwrap());
                event_loop.turn(Some(std::time::Duration::from_millis(1))).unwrap();
            }
        }
        pair.send(b"spam");
        turn_until(event_loop, || reader.wakes() == 1);
        let before = writer.wakes();
        pair.drain();
        turn_until(event_loop, || writer.wakes() > before);
    });
}

#[test]
fn a_descriptor_that_cannot_be_polled_is_refused_and_closed() {
    on_both_backends(|event_loop| {
        let file = File::open(std::env::current_exe().unwrap()).unwrap();
        let number = file.as_raw_fd();
        let refused = event_loop.runtime().register(OwnedFd::from(file)).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::PermissionDenied, "{refused}");
        // The key that was kept for it is free again.
        let pair = Pair::new(event_loop);
        assert!(pair.source.as_fd().as_raw_fd() <= number.max(pair.peer.as_raw_fd()));
        pair.send(b"spam");
        let log = Log::new();
        let (reads, source) = (log.clone(), pair.source.clone());
        create_task_on(&event_loop.runtime(), async move { reads.add(read(&source).await) })
            .detach();
        turn_until(event_loop, || log.len() == 1);
    });
}

/// S-LOOP-15: who waited for it would wait for ever.
#[test]
fn a_closed_loop_takes_no_descriptor_and_closes_it() {
    on_both_backends(|event_loop| {
        event_loop.close();
        let (ours, mut peer) = UnixStream::pair().unwrap();
        let refused = event_loop.runtime().register(OwnedFd::from(ours)).unwrap_err();
        assert_eq!(refused.to_string(), "the event loop has been closed: make a new one");
        assert_eq!(peer.read(&mut [0]).unwrap(), 0, "the end");
    });
}

#[test]
fn a_source_outlives_its_loop() {
    on_both_backends(|event_loop| {
        let pair = Pair::new(event_loop);
        let waker = CountingWaker::new();
        let cx = std::task::Context::from_waker(waker.waker());
        while let std::task::Poll::Ready(ready) = pair.source.poll_ready(Readable, &cx) {
            pair.source.clear(Readable, ready.unwrap());
        }
        event_loop.close();
        pair.send(b"spam");
        assert_eq!(waker.wakes(), 0, "nobody asks the poller any more");
        drop(pair);
        assert_eq!(waker.clones(), 0);
    });
}

#[test]
fn a_waker_may_register_and_drop_sources_as_it_is_woken() {
    use std::sync::{Arc, Mutex};
    struct Churns(Mutex<Vec<Pair>>);
    impl std::task::Wake for Churns {
        fn wake(self: Arc<Self>) {
            let event_loop = tulipa_loop::EventLoop::current().unwrap();
            self.0.lock().unwrap().clear();
            self.0.lock().unwrap().push(Pair::new(&event_loop));
            self.0.lock().unwrap().push(Pair::new(&event_loop));
        }
    }
    on_both_backends(|event_loop| {
        let pair = Pair::new(event_loop);
        let churns = Arc::new(Churns(Mutex::default()));
        let waker = std::task::Waker::from(churns.clone());
        let cx = std::task::Context::from_waker(&waker);
        for _ in 0..20 {
            while let std::task::Poll::Ready(ready) = pair.source.poll_ready(Readable, &cx) {
                rustix::io::read(&pair.source, &mut [0; 16]).ok();
                pair.source.clear(Readable, ready.unwrap());
            }
            churns.0.lock().unwrap().clear();
            pair.send(b"spam");
            turn_until(event_loop, || churns.0.lock().unwrap().len() == 2);
        }
    });
}
