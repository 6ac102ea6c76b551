import type { FailureKind } from '#core/domain/messages.ts'

/** What whoever writes a definition can do about a failure. */
export const advice: Record<FailureKind, string> = {
  'login-refused':
    'Check the credentials in .env, and whether the portal lets you in by hand. Each further try submits them again: a few may lock the account.',
  blocked: 'The portal keeps us out for now. Wait, sign in by hand, and raise delayMs in the limits of the definition.',
  changed:
    'The page is not what the definition says. Compare the selector or header named above with page.html and the picture.',
  incomplete:
    'What was read is not provably the whole table. Look whether "whole" and "paging" of the definition name the right elements, and try again.',
  down: 'Nobody answers at the address. Is it right, does it open in a browser here, does the portal run?',
  slow: 'The portal took longer than the definition allows: raise pageSeconds, settleSeconds or secondsAllowed, or come at another hour.',
  interrupted: 'The run was ended from our side. Try again.',
  'not-started': 'The run did not begin. Try again.',
  'too-large': 'Raise pageMegabytes in the limits, or read a smaller list.',
  defect: 'The definition or our code is wrong, not the portal: mend what is named above.',
}
