// Stands for undici's client of HTTP/2, which nothing asks for.
module.exports = () => {
  throw new Error('this build speaks HTTP/1.1 alone');
};
