import { autopaycardCase } from './autopaycard/contract-case.ts';
import { describeContract } from './contract-cases.ts';
import { inpayCase } from './inpay/contract-case.ts';
import { payferCase } from './payfer/contract-case.ts';
import { rasmiypayCase } from './rasmiypay/contract-case.ts';

for (const contract of [inpayCase, payferCase, rasmiypayCase, autopaycardCase]) {
  describeContract(contract);
}
