export const task = async (context) => ({ rows: 12, name: 'report', slot: new Date(context.date).getTime() })
