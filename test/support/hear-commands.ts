import mongoose from 'mongoose';

/**
 * The client of the models, which tells of every command. Only where the driver was told to (`watched` of `useModels`): it copies each
 * command and reads each answer once more for it.
 */
export function watchedClient(): mongoose.mongo.MongoClient {
  const client = mongoose.connection.getClient();
  if (client.options.monitorCommands !== true) throw new Error('Nothing is heard of commands here: say `watched`.');
  return client;
}

/**
 * From now on tells of every command that the store is asked, until what it answers is called. Left out is the sign of life that a busy
 * machine asks for beside what takes long (`models/store-pulse.ts`): nobody waits for it.
 */
export function hearCommands(hear: (event: mongoose.mongo.CommandStartedEvent) => void): () => void {
  const client = watchedClient();
  const hears = (event: mongoose.mongo.CommandStartedEvent): void => {
    if (event.commandName !== 'ping') hear(event);
  };
  client.on('commandStarted', hears);
  return () => void client.off('commandStarted', hears);
}
