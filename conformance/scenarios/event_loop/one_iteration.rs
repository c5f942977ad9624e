//! S-LOOP-3, S-LOOP-18: one iteration runs what was ready, then what can be read before what can be
//! written, then timers.

use std::future::poll_fn;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use tulipa::EventLoop;
use tulipa::rt::{Interest, Source};

async fn read(source: Source, mut stream: UnixStream) {
    let read = poll_fn(|cx| source.poll_io(Interest::Readable, cx, |_| stream.read(&mut [0])));
    read.await.unwrap();
    println!("can be read");
}

async fn write(source: Source, mut stream: UnixStream) {
    let written = poll_fn(|cx| source.poll_io(Interest::Writable, cx, |_| stream.write(&[0])));
    written.await.unwrap();
    println!("can be written");
}

fn one_iteration(event_loop: &EventLoop) {
    event_loop.stop();
    event_loop.run_forever().unwrap();
    println!("the iteration is over");
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let (mut ours, mut peer) = UnixStream::pair().unwrap();
    ours.set_nonblocking(true).unwrap();
    peer.set_nonblocking(true).unwrap();
    while ours.write(&[0; 4096]).is_ok() {}

    let clone = || ours.try_clone().unwrap();
    let source = event_loop.runtime().register(clone().into()).unwrap();
    event_loop.create_task(write(source.clone(), clone())).detach();
    event_loop.create_task(read(source, clone())).detach();
    one_iteration(&event_loop);

    event_loop.call_later(Duration::ZERO, || println!("timer"));
    event_loop.call_soon(|| println!("callback"));
    while peer.read(&mut [0; 4096]).is_ok() {}
    peer.write_all(b"x").unwrap();
    one_iteration(&event_loop);
    event_loop.close();
}
