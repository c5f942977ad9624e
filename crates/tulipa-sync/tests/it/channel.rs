//! The channel: order, rendezvous, ends that close, cancellation.

use super::kind::channel;
use crate::support::{Bells, now};
use tulipa_sync::{RecvError, SendError, TryRecvError, TrySendError};

#[test]
fn items_come_in_order_and_the_bound_is_kept() {
    let (sender, receiver) = channel(2);
    now(sender.send(1)).unwrap();
    now(sender.send(2)).unwrap();
    assert_eq!(sender.try_send(3), Err(TrySendError::Full(3)));
    assert_eq!((sender.len(), sender.capacity(), receiver.len()), (2, 2, 2));
    assert_eq!((now(receiver.recv()), receiver.try_recv()), (Ok(1), Ok(2)));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert!(sender.is_empty() && receiver.is_empty());
    assert_eq!(receiver.capacity(), 2);
}

#[test]
fn usize_max_is_no_bound() {
    let (sender, receiver) = channel(usize::MAX);
    for i in 0..1000 {
        sender.try_send(i).unwrap();
    }
    assert_eq!(receiver.len(), 1000);
}

/// Senders that wait are served in order, each as soon as there is room.
#[test]
fn waiting_senders_are_served_in_order() {
    let (sender, receiver) = channel(1);
    let bells = Bells::new();
    sender.try_send(0).unwrap();
    let mut hands: Vec<_> = (1..4).map(|i| bells.waiting(i, sender.send(i))).collect();
    for i in 0..4 {
        assert_eq!(receiver.try_recv(), Ok(i));
        assert_eq!(bells.rung(), if i < 3 { vec![i + 1] } else { vec![] });
    }
    for hand in &mut hands {
        assert_eq!(hand.ready(), Ok(()));
    }
}

/// Receivers that wait are served in order, and nobody takes an item from them.
#[test]
fn waiting_receivers_are_served_in_order() {
    let (sender, receiver) = channel(5);
    let bells = Bells::new();
    let mut a = bells.waiting('a', receiver.recv());
    let mut b = bells.waiting('b', receiver.recv());
    sender.try_send(1).unwrap();
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    sender.try_send(2).unwrap();
    assert_eq!(bells.rung(), ['b']);
    assert_eq!((b.ready(), a.ready()), (Ok(2), Ok(1)));
}

/// Capacity 0: a send needs a receiver, whoever comes first.
#[test]
fn capacity_zero_is_a_rendezvous() {
    let (sender, receiver) = channel(0);
    let bells = Bells::new();
    assert_eq!(sender.try_send(1), Err(TrySendError::Full(1)));
    let mut send = bells.waiting('s', sender.send(2));
    assert_eq!(receiver.try_recv(), Ok(2));
    assert_eq!(bells.rung(), ['s']);
    send.ready().unwrap();

    let mut recv = bells.waiting('r', receiver.recv());
    sender.try_send(3).unwrap();
    assert_eq!(bells.rung(), ['r']);
    assert_eq!(sender.try_send(4).unwrap_err().into_inner(), 4);
    assert_eq!(recv.ready(), Ok(3));

    let mut send = bells.waiting('s', sender.send(5));
    assert_eq!(now(receiver.recv()), Ok(5));
    send.ready().unwrap();
}

/// When the last sender goes, receivers get what is left, then the end.
#[test]
fn receivers_see_that_all_senders_are_gone() {
    let (sender, receiver) = channel(1);
    let other = sender.clone();
    sender.try_send(1).unwrap();
    drop(sender);
    assert!(!receiver.is_closed());
    drop(other);
    assert!(receiver.is_closed());
    assert_eq!(now(receiver.recv()), Ok(1));
    assert!(now(receiver.recv()).is_err());
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Closed));
}

#[test]
fn waiting_receivers_are_woken_by_the_end() {
    let (sender, receiver) = channel::<u8>(1);
    let bells = Bells::new();
    let mut a = bells.waiting('a', receiver.recv());
    let other = receiver.clone();
    let mut b = bells.waiting('b', other.recv());
    sender.try_send(7).unwrap();
    drop(sender);
    assert_eq!(bells.rung(), ['a', 'b']);
    let end: Result<u8, RecvError> = b.ready();
    assert!(end.unwrap_err().to_string().contains("senders are gone"));
    assert_eq!(a.ready(), Ok(7));
}

/// When the last receiver goes, senders get their items back, and the buffer is dropped.
#[test]
fn senders_see_that_all_receivers_are_gone() {
    let (sender, receiver) = channel(1);
    let bells = Bells::new();
    let item = std::rc::Rc::new(());
    sender.try_send(item.clone()).unwrap();
    let mut a = bells.waiting('a', sender.send(item.clone()));
    let other = receiver.clone();
    drop(receiver);
    assert!(!sender.is_closed());
    drop(other);
    assert!(sender.is_closed());
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(std::rc::Rc::strong_count(&item), 2);
    assert_eq!(a.ready(), Err(SendError(item.clone())));
    assert_eq!(now(sender.send(item.clone())).unwrap_err().into_inner(), item);
    assert_eq!(sender.try_send(item.clone()), Err(TrySendError::Closed(item)));
}

/// A send that was taken before the receivers went has been sent.
#[test]
fn what_was_taken_was_sent() {
    let (sender, receiver) = channel(0);
    let bells = Bells::new();
    let mut send = bells.waiting('s', sender.send(1));
    receiver.try_recv().unwrap();
    drop(receiver);
    assert_eq!(send.ready(), Ok(()));
}

/// An item given to a receiver that goes away goes to the next.
#[test]
fn an_item_received_in_vain_goes_to_the_next() {
    let (sender, receiver) = channel(3);
    let bells = Bells::new();
    let a = bells.waiting('a', receiver.recv());
    let mut b = bells.waiting('b', receiver.recv());
    sender.try_send(1).unwrap();
    drop(a);
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(b.ready(), Ok(1));
}

/// Or back to the front of the buffer, even at capacity 0.
#[test]
fn an_item_received_in_vain_is_not_lost() {
    for capacity in [0, 3] {
        let (sender, receiver) = channel(capacity);
        let bells = Bells::new();
        let a = bells.waiting('a', receiver.recv());
        sender.try_send(1).unwrap();
        let _ = sender.try_send(2);
        drop(a);
        assert_eq!(receiver.try_recv(), Ok(1));
    }
}

/// Also when the next has been woken by the end: the item comes before that.
#[test]
fn an_item_received_in_vain_comes_before_the_end() {
    for capacity in [0, 3] {
        let (sender, receiver) = channel(capacity);
        let bells = Bells::new();
        let a = bells.waiting('a', receiver.recv());
        let mut b = bells.waiting('b', receiver.recv());
        let mut c = bells.waiting('c', receiver.recv());
        sender.try_send(1).unwrap();
        drop(sender);
        assert_eq!(bells.rung(), ['a', 'b', 'c']);
        drop(a);
        assert_eq!(b.ready(), Ok(1));
        assert!(c.ready().is_err());
    }
}

/// A send that is dropped takes its item with it, and frees its place in line.
#[test]
fn a_dropped_send_is_not_sent() {
    let (sender, receiver) = channel(0);
    let bells = Bells::new();
    let a = bells.waiting('a', sender.send(1));
    let mut b = bells.waiting('b', sender.send(2));
    let mut c = bells.waiting('c', sender.send(3));
    drop(a);
    assert_eq!(b.as_mut().take_item(), Some(2));
    assert_eq!(receiver.try_recv(), Ok(3));
    assert_eq!(c.as_mut().take_item(), None);
    assert_eq!(bells.rung(), ['c']);
    // Never polled: still there to be taken.
    let mut send = Box::pin(sender.send(4));
    assert_eq!(send.as_mut().take_item(), Some(4));
}

#[test]
#[should_panic(expected = "its item was taken")]
fn a_send_polled_after_its_item_was_taken_says_so() {
    let (sender, _receiver) = channel(0);
    let mut a = Bells::new().waiting('a', sender.send(1));
    a.as_mut().take_item();
    let _ = a.poll();
}

#[test]
fn debug_tells_the_numbers() {
    let (sender, receiver) = channel::<u8>(1);
    let text = "Channel { len: 0, capacity: 1, senders: 1, receivers: 1, .. }";
    assert_eq!(format!("{sender:?}"), format!("Sender({text})"));
    assert_eq!(format!("{receiver:?}"), format!("Receiver({text})"));
    assert!(format!("{:?}", sender.send(1)).starts_with("ChannelSend { sender: Sender("));
    assert!(format!("{:?}", receiver.recv()).starts_with("ChannelRecv { receiver: Receiver("));
}
