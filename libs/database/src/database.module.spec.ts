import { getModelToken, MongooseModule } from '@nestjs/mongoose';
import { Test } from '@nestjs/testing';
import { Schema, type Model } from 'mongoose';
import { testDatabaseUri } from '../../../test/setup/test-database.js';
import { DatabaseModule } from './database.module.js';

const schema = new Schema({ name: { type: String, unique: true } }, { collection: 'database_module_spec' });

describe('DatabaseModule', () => {
  it('connects, and has the indexes of every schema before the app is up', async () => {
    const feature = MongooseModule.forFeature([{ name: 'Named', schema }]);
    const app = await Test.createTestingModule({
      imports: [DatabaseModule.forRoot({ uri: testDatabaseUri() }), feature],
    })
      .compile()
      .then((module) => module.init());
    const named = app.get<Model<{ name: string }>>(getModelToken('Named'));
    await named.create({ name: 'one' });
    await expect(named.create({ name: 'one' })).rejects.toMatchObject({ code: 11000 });
    await named.collection.drop();
    await app.close();
  });
});
