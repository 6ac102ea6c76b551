/** The grammar's own number: whoever changes what any text means raises it, and stored texts are read again. */
export const grammarNumber = 2
