import { CreateBucketCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { isOfficeError } from '../contract/office-errors.ts';
import { patiently } from './patiently.ts';
import { clientOf, type S3Place, storeError } from './s3-connection.ts';

/** How stores say that there is one already. */
const IS_THERE = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'];

/** Makes the office's bucket, if there is none; waits for a store that is starting. Throws `store.unavailable`, `store.refused`. */
export async function makeBucket(place: S3Place): Promise<void> {
  const client = clientOf(place, place.endpoint);
  const make = async () => {
    try {
      await client.send(new CreateBucketCommand({ Bucket: place.bucket }));
    } catch (error) {
      if (error instanceof S3ServiceException && IS_THERE.includes(error.name)) return;
      throw storeError(error);
    }
  };
  try {
    await patiently(make, (error) => isOfficeError(error, 'store.unavailable'));
  } finally {
    client.destroy();
  }
}
