import { autopaycardCase } from './autopaycard/contract-case.fixture.ts';
import { describeContract } from './contract-cases.fixture.ts';
import { inpayCase } from './inpay/contract-case.fixture.ts';
import { payferCase } from './payfer/contract-case.fixture.ts';
import { rasmiypayCase } from './rasmiypay/contract-case.fixture.ts';

for (const contract of [inpayCase, payferCase, rasmiypayCase, autopaycardCase]) {
  describeContract(contract);
}
