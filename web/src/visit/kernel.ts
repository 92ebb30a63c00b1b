/*
 * What both screens of the visit page use. The entry imports it so that it is one file with the entry: the screens
 * then come as one small file each, and nothing is waited for twice.
 */
import '#core/session/duration.ts';
import '#core/session/lifecycle.ts';
import 'react';
import 'react-dom/client';
import '../http/client.ts';
import '../http/refusal-words.ts';
import '../realtime/connection.ts';
import '../state/use-store.ts';
import '../stream/followed-stream.ts';
import '../stream/outbox.ts';
import '../ui/avatar.tsx';
import '../ui/button.tsx';
import '../ui/icons.tsx';
import '../ui/logo.tsx';
import '../ui/session-status-words.ts';
import '../ui/time-words.ts';
