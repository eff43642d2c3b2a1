//! The HTTP edge: what clients may send, how long they may take for it, how they are answered, and
//! where they are.

mod bodies;
mod compressed;
mod forwarded;
mod head;
mod methods;
mod origin;
mod slow;
mod visitors;
