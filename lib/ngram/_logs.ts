/** Natural logarithms, put where the numbers were: a copy would double the peak of memory. */
export function logs(numbers: Float64Array): Float64Array {
  for (let i = 0; i < numbers.length; i++) numbers[i] = Math.log(numbers[i]);
  return numbers;
}
