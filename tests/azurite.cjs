// Starts Azurite for the tests, with four differences: its clock moves when the tests say so, it is as strict as Azure
// with entities that grow too large by merging, it keeps characters whole that lie across two packets, and it ends with
// the process that started it, having saved what it has.
'use strict';

const RealDate = Date;
let ahead = 0;
const now = () => RealDate.now() + ahead;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

// Azurite saves and ends at a signal, once: a second one would be an error to it. Ctrl-C in a terminal is such a signal,
// and is followed by the end of the input. Whoever would read what it prints then may be gone.
const saveLimit = 8000;
let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isEnding = true));
process.stdout.on('error', () => {});
const end = () => {
  const hasStarted = isEnding || process.listenerCount('SIGTERM') > 1;
  if (!hasStarted) process.exit(0);
  if (!isEnding) process.emit('SIGTERM');
  setTimeout(() => process.exit(1), saveLimit).unref();
};

// "advance 1500" moves the clock; each line is answered with the clock's time. The end of the input is our end.
require('node:readline')
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command, milliseconds] = line.split(' ');
    ahead += command === 'advance' ? Number(milliseconds) : 0;
    process.stdout.write(`clock ${now()}\n`);
  })
  .on('close', end);

const source = 'azurite/dist/src';
const { default: Store } = require(`${source}/table/persistence/LokiTableMetadataStore`);
const { default: Errors } = require(`${source}/table/errors/StorageErrorFactory`);
const { default: StorageError } = require(`${source}/table/errors/StorageError`);

for (const service of ['queue', 'table']) {
  const { default: Request } = require(`${source}/${service}/generated/ExpressRequestAdapter`);
  const getBodyStream = Request.prototype.getBodyStream;
  Request.prototype.getBodyStream = function () {
    return getBodyStream.call(this).setEncoding('utf8');
  };
}

const sizeOf = (name, value, type) => {
  if (type === 'Edm.Binary') return 8 + 2 * name.length + 4 + Buffer.from(value, 'base64').length;
  if (typeof value === 'string' && type !== 'Edm.Int64') return 8 + 2 * name.length + 4 + 2 * value.length;
  return 8 + 2 * name.length + (typeof value === 'boolean' ? 1 : 8);
};

const merge = Store.prototype.mergeTableEntity;
Store.prototype.mergeTableEntity = async function (context, table, account, entity, ifMatch, batchId) {
  const present = this.getEntityCollection(account, table, context).findOne({
    PartitionKey: entity.PartitionKey,
    RowKey: entity.RowKey,
  });
  const merged = { ...present?.properties, ...entity.properties };
  const names = Object.keys(merged).filter((name) => !name.includes('@') && name !== 'Timestamp');
  if (names.length > 252) {
    throw new StorageError(400, 'TooManyProperties', 'Too many.', context.contextID, undefined, context);
  }
  const size = names.reduce((sum, name) => sum + sizeOf(name, merged[name], merged[`${name}@odata.type`]), 4);
  if (size + 2 * (entity.PartitionKey.length + entity.RowKey.length) > 1024 * 1024) {
    throw Errors.getEntityTooLarge(context);
  }
  return merge.call(this, context, table, account, entity, ifMatch, batchId);
};

require(`${source}/azurite`);
